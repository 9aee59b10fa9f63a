package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.serial.OneLine;
import org.confocal.strategy.EndpointId;

/** The last {@value #KEPT} inputs of a conference, for the log when it breaks. Used by the actor's thread only. */
final class InputHistory {
    static final int KEPT = 16;
    private static final int MAX_INPUT = 160;

    private record Entry(Instant at, ConferenceInput input) {}

    private final Deque<Entry> entries = new ArrayDeque<>(KEPT);

    void add(Instant at, ConferenceInput input) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(at, input));
    }

    /** One input a line, oldest first. */
    String lines() {
        return entries.stream()
                .map(entry -> "  " + entry.at() + " " + OneLine.of(describe(entry.input()), MAX_INPUT))
                .collect(Collectors.joining("\n"));
    }

    /** What happened and to whom. Never a token, never a password, never a whole offer. */
    static String describe(ConferenceInput input) {
        return switch (input) {
            case ConferenceInput.Requested i ->
                "Requested by " + i.request().sender().map(Object::toString).orElse("HTTP");
            case ConferenceInput.RoomJoined i ->
                "RoomJoined with " + i.occupants().size() + " occupants";
            case ConferenceInput.RoomJoinFailed i -> "RoomJoinFailed: " + i.reason();
            case ConferenceInput.RoomLost i -> "RoomLost " + i.loss();
            case ConferenceInput.Reconnected i -> "Reconnected";
            case ConferenceInput.MemberPresent i ->
                "MemberPresent " + i.presence().id() + " " + i.presence().role();
            case ConferenceInput.MemberLeft i -> "MemberLeft " + i.id() + " " + i.departure();
            case ConferenceInput.MetadataReceived i -> "MetadataReceived";
            case ConferenceInput.FeaturesDiscovered i ->
                "FeaturesDiscovered #" + i.request().value() + " " + i.id();
            case ConferenceInput.JingleReceived i ->
                "JingleReceived " + i.request().getClass().getSimpleName() + " from " + i.from();
            case ConferenceInput.OfferAnswered i ->
                "OfferAnswered " + i.answer() + " by " + i.id() + " in " + i.session();
            case ConferenceInput.MuteRequested i -> "MuteRequested " + i.media() + " by " + i.from();
            case ConferenceInput.BridgeSelected i ->
                "BridgeSelected #" + i.request().value() + " "
                        + i.selection().getClass().getSimpleName();
            case ConferenceInput.BridgeAnswered i ->
                "BridgeAnswered #" + i.request().value() + " "
                        + i.answer().getClass().getSimpleName();
            case ConferenceInput.BridgeLost i -> "BridgeLost " + i.bridge() + " " + i.loss();
            case ConferenceInput.SelectionPostponed i ->
                "SelectionPostponed #" + i.request().value() + " by " + i.delay();
            case ConferenceInput.MoveRequested i ->
                "MoveRequested " + i.who().map(EndpointId::value).orElse("all") + " from " + i.from()
                        + i.to().map(to -> " to " + to).orElse("") + " " + i.cause();
            case ConferenceInput.BridgeUsable i -> "BridgeUsable " + i.bridge();
            case ConferenceInput.TakenUp i -> "TakenUp";
            case ConferenceInput.TimerFired i -> "TimerFired " + i.key();
            case ConferenceInput.Stop i -> "Stop " + i.reason();
        };
    }
}
