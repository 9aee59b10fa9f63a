package org.confocal.focus.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.EndReason;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.fleet.BridgeSelector;
import org.confocal.focus.fleet.SelectionLine;
import org.confocal.focus.port.FocusPorts;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/**
 * Carries out what one conference wants done. Nothing here waits. Used by the actor's thread only.
 */
final class EffectCarrier {

    /** What a carried-out effect means for the conference itself. */
    sealed interface Outcome {
        Outcome NOTHING = new Nothing();

        record Nothing() implements Outcome {}

        /** This is the next input, before anything in the mailbox. */
        record Next(ConferenceInput input) implements Outcome {}

        /** That was the end. */
        record Ended(EndReason reason) implements Outcome {}
    }

    private final RoomId room;
    private final Optional<String> pinnedVersion;
    private final ConferenceEdge edge;
    private final RequestNumbers numbers;
    private final Holdings holdings;
    private final ConferenceLog log;

    EffectCarrier(
            RoomId room,
            Optional<String> pinnedVersion,
            ConferenceEdge edge,
            RequestNumbers numbers,
            Holdings holdings,
            ConferenceLog log) {
        this.room = room;
        this.pinnedVersion = pinnedVersion;
        this.edge = edge;
        this.numbers = numbers;
        this.holdings = holdings;
        this.log = log;
    }

    /** Carries one effect out. A port that throws is a defect, and the caller's to handle. */
    Outcome carry(Effect effect) {
        Optional<ConferenceInput> next = Optional.empty();
        switch (effect) {
            case Effect.End e -> {
                return new Outcome.Ended(e.reason());
            }
            case Effect.SelectBridge e -> next = Optional.of(select(e));
            case Effect.ClaimMeetingId e -> next = claim(e);
            case Effect.JoinRoom e -> ports().rooms().join(room);
            case Effect.LeaveRoom e -> ports().rooms().leave(room);
            case Effect.PublishPresence e -> ports().rooms().publish(room, e.presence());
            case Effect.GrantOwner e -> ports().rooms().grantOwner(room, e.bareJid());
            case Effect.AnswerRequest e -> holdings.answer(e.origin(), e.answer());
            case Effect.Acknowledge e -> holdings.acknowledge(e.stanza());
            case Effect.Refuse e -> holdings.refuse(e.stanza(), e.error());
            case Effect.DiscoverFeatures e ->
                ports().participants().discoverFeatures(room, numbers.outward(e.request()), e.id(), e.caps());
            case Effect.SendOffer e -> ports().participants().offer(room, e.id(), e.offer());
            case Effect.SendSourceAdd e ->
                ports().participants().addSources(room, e.id(), e.session(), e.sources(), e.encoding());
            case Effect.SendSourceRemove e ->
                ports().participants().removeSources(room, e.id(), e.session(), e.sources(), e.encoding());
            case Effect.SendTransportInfo e ->
                ports().participants().transportInfo(room, e.id(), e.session(), e.transport());
            case Effect.SendTerminate e -> ports().participants().terminate(room, e.id(), e.session(), e.reason());
            case Effect.SendMute e -> ports().participants().mute(room, e.id(), e.media(), e.actor());
            case Effect.ModifyConference e ->
                ports().bridges().modify(room, numbers.outward(e.request()), e.bridge(), e.change());
            case Effect.ReleaseEndpoint e -> holdings.release(e.bridge(), e.id());
            case Effect.ReportBridge e -> edge.fleet().experienced(room, e.bridge(), e.experience());
            case Effect.StartTimer e -> holdings.timers().start(e.key(), e.after());
            case Effect.CancelTimer e -> holdings.timers().cancel(e.key());
            case Effect.Count e -> edge.counters().count(e.counter());
            case Effect.CountJingle e -> edge.counters().countJingle(e.direction(), e.action());
            case Effect.Log e -> log.line(e.level(), e.line());
        }
        return next.<Outcome>map(Outcome.Next::new).orElse(Outcome.NOTHING);
    }

    /** Takes up what the process before this one had under way. */
    void takeUp(LooseEnd end, Instant now) {
        switch (end) {
            case LooseEnd.Room e -> ports().rooms().restore(room, e.shown(), e.stage());
            case LooseEnd.Meeting e -> {
                holdings.claim(e.id());
                log.meeting(e.id());
            }
            case LooseEnd.Placed e -> holdings.restored(e.bridge(), e.id());
            case LooseEnd.Timer e -> holdings.timers().start(e.key(), Duration.between(now, e.due()));
            case LooseEnd.BridgeAsked e -> ports().bridges().await(room, numbers.outward(e.request()), e.bridge());
            case LooseEnd.Offered e -> ports().participants().awaitOffer(room, e.id(), e.session(), e.kind());
            case LooseEnd.Owed e -> holdings.owe(e.waiting());
        }
    }

    private ConferenceInput select(Effect.SelectBridge effect) {
        SelectionRequest request =
                pinnedVersion.map(effect.selection()::pinnedTo).orElse(effect.selection());
        return switch (holdings.select(request, effect.pace())) {
            case BridgeSelector.Answer.Now now -> {
                log.line(Effect.Level.INFO, SelectionLine.of(request, now.selection()));
                if (now.selection() instanceof Selection.None none) {
                    edge.counters().refused(none.reason());
                }
                // A conference keeps its last inputs, and must not keep a fleet with each.
                yield new ConferenceInput.BridgeSelected(
                        effect.request(), now.selection().brief());
            }
            case BridgeSelector.Answer.Later later -> {
                Pace then = later.turn() == BridgeSelector.Turn.GRANTED ? Pace.FREE : effect.pace();
                yield new ConferenceInput.SelectionPostponed(effect.request(), later.delay(), then);
            }
        };
    }

    private Optional<ConferenceInput> claim(Effect.ClaimMeetingId effect) {
        if (!holdings.claim(effect.id())) {
            return Optional.of(new ConferenceInput.Stop(EndReason.DUPLICATE_MEETING_ID));
        }
        log.meeting(effect.id());
        return Optional.empty();
    }

    private FocusPorts ports() {
        return edge.ports();
    }
}
