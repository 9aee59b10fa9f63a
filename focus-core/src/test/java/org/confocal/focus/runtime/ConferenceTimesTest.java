package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.view.Durations;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Test;

/** From when to when a conference is measured. */
class ConferenceTimesTest {
    private final List<String> measured = new ArrayList<>();
    private final ConferenceTimes times =
            new ConferenceTimes((timing, time) -> measured.add(timing + " " + time.toSeconds()));

    private static Instant at(int second) {
        return Instant.parse("2026-03-01T12:00:00Z").plusSeconds(second);
    }

    private static ConferenceInput joins(String nick) {
        return new ConferenceInput.MemberPresent(new MemberPresence(
                new EndpointId(nick),
                Optional.empty(),
                MemberRole.PARTICIPANT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                List.of(),
                false,
                Set.of()));
    }

    private static Effect offer(String nick) {
        return new Effect.SendOffer(
                new EndpointId(nick),
                new Offer(
                        Offer.Kind.INITIATE,
                        new SessionId("s"),
                        List.of(),
                        new IceTransport(
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                List.of(),
                                List.of(),
                                List.of(),
                                OptionalInt.empty()),
                        OptionalInt.empty(),
                        new BridgeSessionId("1_abc"),
                        Optional.empty(),
                        new OwnedSources(List.of()),
                        SourceEncoding.XML,
                        Optional.empty()));
    }

    private static Effect modify(long request) {
        return new Effect.ModifyConference(
                new RequestId(request),
                new BridgeId("brewery@example.org/jvb1"),
                new BridgeRequest(new MeetingId("m"), Optional.empty(), true, List.of()));
    }

    private static ConferenceInput answered(long request) {
        return new ConferenceInput.BridgeAnswered(new RequestId(request), new BridgeAnswer.TimedOut());
    }

    @Test
    void timeUntilAnOfferCountsFromTheMomentThereAreTwo() {
        times.received(joins("a"), at(0));
        times.received(joins("b"), at(10));
        times.received(joins("c"), at(11));
        times.sent(offer("a"), at(12));
        times.sent(offer("b"), at(13));
        times.sent(offer("c"), at(14));
        times.sent(offer("c"), at(99));
        assertThat(measured)
                .as("a later offer to the same one is a re-invite")
                .containsExactly("JOIN_TO_OFFER 2", "JOIN_TO_OFFER 3", "JOIN_TO_OFFER 3");
    }

    @Test
    void whoLeavesBeforeTheOfferIsNotMeasuredAndWhoComesBackCountsAnew() {
        times.received(joins("a"), at(0));
        times.received(joins("b"), at(1));
        times.received(new ConferenceInput.MemberLeft(new EndpointId("b"), ConferenceInput.Departure.LEFT), at(2));
        times.sent(offer("b"), at(3));
        times.received(joins("b"), at(20));
        times.sent(offer("b"), at(21));
        assertThat(measured).containsExactly("JOIN_TO_OFFER 1");
    }

    @Test
    void aBridgesAnswerIsMatchedToItsRequest() {
        times.sent(modify(1), at(0));
        times.sent(modify(2), at(1));
        times.received(answered(2), at(4));
        times.received(answered(1), at(5));
        times.received(answered(7), at(6));
        assertThat(measured).containsExactly("BRIDGE_RESPONSE 3", "BRIDGE_RESPONSE 5");
    }

    @Test
    void aHistogramPutsEachTimeWhereItBelongs() {
        Stopwatch stopwatch = new Stopwatch();
        stopwatch.took(Duration.ofMillis(5));
        stopwatch.took(Duration.ofMillis(6));
        stopwatch.took(Duration.ofSeconds(21));
        stopwatch.took(Duration.ofSeconds(-1));
        Durations read = stopwatch.read();
        assertThat(read.counts()).startsWith(2L, 1L, 0L).endsWith(0L, 1L);
        assertThat(read.sumSeconds()).isCloseTo(21.011, within(1e-9));
    }
}
