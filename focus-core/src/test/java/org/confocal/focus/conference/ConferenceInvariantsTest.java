package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.InviteQueue;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.OrderedMap;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.RoomLife;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Test;

/** The invariants can fail: each state here was broken by hand, and each is found out. */
class ConferenceInvariantsTest {
    private final ConferenceScript script = new ConferenceScript().twoTalk();
    private final ConferenceState good = script.state();

    @Test
    void aGoodStateBreaksNothing() {
        assertThat(ConferenceInvariants.check(good)).isEmpty();
    }

    @Test
    void anEndedConferenceThatStillOwnsSomethingIsFoundOut() {
        assertThat(check(new Broken(good).life(good.life().with(RoomPhase.ENDED))))
                .anyMatch(sentence -> sentence.startsWith("an ended conference has members"))
                .anyMatch(sentence -> sentence.startsWith("an ended conference has bridges"));
    }

    @Test
    void anEndpointWithoutABridgeIsFoundOut() {
        assertThat(check(new Broken(good).bridges(OrderedMap.empty())))
                .anyMatch(sentence -> sentence.contains("where the conference is not"));
    }

    @Test
    void aBridgeWithoutAnEndpointIsFoundOut() {
        assertThat(check(new Broken(good).member("a", new Invite.Unserved()).member("b", new Invite.Unserved())))
                .anyMatch(sentence -> sentence.startsWith("nobody is on"));
    }

    @Test
    void twoUnlinkedBridgesAreFoundOut() {
        Map<BridgeId, BridgeSession> two = good.bridges().edit();
        two.put(
                ConferenceScript.JVB2,
                new BridgeSession(
                        ConferenceScript.JVB2,
                        new org.confocal.focus.model.BridgeSessionId("other"),
                        Optional.empty(),
                        Optional.empty(),
                        BridgeSession.Sight.SEEN,
                        Optional.empty()));
        assertThat(check(new Broken(good).bridges(OrderedMap.of(two))))
                .anyMatch(sentence -> sentence.startsWith("the cascade is not of the conference's bridges"));
    }

    @Test
    void anSsrcWithTwoOwnersIsFoundOut() {
        Map<EndpointId, EndpointSources> twice = new LinkedHashMap<>();
        twice.put(endpoint("a"), ConferenceScript.sources("a", 11));
        twice.put(endpoint("b"), ConferenceScript.sources("b", 11));
        assertThat(check(new Broken(good).sources(new ConferenceSources(twice))))
                .containsExactly("SSRC 11 belongs to a and b");
    }

    @Test
    void sourcesOfSomebodyWithoutSessionAreFoundOut() {
        assertThat(check(new Broken(good).member("a", new Invite.Unserved())))
                .containsExactly("a has sources and no session");
    }

    @Test
    void aTurnOfSomebodyWhoIsNotQueuedIsFoundOut() {
        assertThat(check(new Broken(good).invites(InviteQueue.EMPTY.withReady(List.of(endpoint("a"))))))
                .anyMatch(sentence -> sentence.startsWith("a is ACTIVE, and the queue is"))
                .anyMatch(sentence -> sentence.startsWith("people are ready to be invited"));
    }

    @Test
    void aSessionUsedTwiceIsFoundOut() {
        Invite a = good.members().get(endpoint("a")).orElseThrow().invite();
        assertThat(check(new Broken(good).member("b", a))).anyMatch(sentence -> sentence.contains("is used twice"));
    }

    @Test
    void timersWithoutAReasonAreFoundOut() {
        for (TimerKey key : List.of(
                new TimerKey.Start(),
                new TimerKey.Reinvite(),
                new TimerKey.Metadata(),
                new TimerKey.MissingBridges(),
                new TimerKey.SourceSignaling(endpoint("nobody")))) {
            assertThat(check(new Broken(good).timer(key))).as("%s", key).hasSize(1);
        }
    }

    @Test
    void anAnswerAwaitedFromASessionThatIsOverIsFoundOut() {
        Pending orphan = new Pending.Change(
                new RequestId(1),
                new org.confocal.focus.conference.state.Allocation(
                        ConferenceScript.JVB2, new org.confocal.focus.model.BridgeSessionId("over")),
                endpoint("a"));
        assertThat(check(new Broken(good).pending(orphan)))
                .anyMatch(sentence -> sentence.startsWith("an answer is awaited"));
    }

    @Test
    void anEmptyRoomThatNothingEndsIsFoundOut() {
        assertThat(check(new Broken(new ConferenceScript().inRoom().state()).timers(OrderedMap.empty())))
                .containsExactly("nobody is there, and nothing ends the conference");
    }

    private static List<String> check(Broken broken) {
        return ConferenceInvariants.check(broken.state());
    }

    /** A state with one thing changed. */
    private record Broken(ConferenceState state) {

        Broken life(RoomLife life) {
            return with(
                    life,
                    state.members(),
                    state.invites(),
                    state.bridges(),
                    state.pending(),
                    state.sources(),
                    state.timers());
        }

        Broken member(String id, Invite invite) {
            Map<EndpointId, Member> members = state.members().edit();
            members.computeIfPresent(endpoint(id), (key, member) -> member.with(invite));
            return with(
                    state.life(),
                    OrderedMap.of(members),
                    state.invites(),
                    state.bridges(),
                    state.pending(),
                    state.sources(),
                    state.timers());
        }

        Broken invites(InviteQueue invites) {
            return with(
                    state.life(),
                    state.members(),
                    invites,
                    state.bridges(),
                    state.pending(),
                    state.sources(),
                    state.timers());
        }

        Broken bridges(OrderedMap<BridgeId, BridgeSession> bridges) {
            return with(
                    state.life(),
                    state.members(),
                    state.invites(),
                    bridges,
                    state.pending(),
                    state.sources(),
                    state.timers());
        }

        Broken pending(Pending pending) {
            return with(
                    state.life(),
                    state.members(),
                    state.invites(),
                    state.bridges(),
                    OrderedMap.of(Map.of(pending.request(), pending)),
                    state.sources(),
                    state.timers());
        }

        Broken sources(ConferenceSources sources) {
            return with(
                    state.life(),
                    state.members(),
                    state.invites(),
                    state.bridges(),
                    state.pending(),
                    sources,
                    state.timers());
        }

        Broken timer(TimerKey key) {
            Instant due = Instant.parse("2026-03-01T10:00:00Z").plus(Duration.ofSeconds(1));
            return timers(OrderedMap.of(Map.of(key, new RunningTimer(key, due))));
        }

        Broken timers(OrderedMap<TimerKey, RunningTimer> timers) {
            return with(
                    state.life(),
                    state.members(),
                    state.invites(),
                    state.bridges(),
                    state.pending(),
                    state.sources(),
                    timers);
        }

        private Broken with(
                RoomLife life,
                OrderedMap<EndpointId, Member> members,
                InviteQueue invites,
                OrderedMap<BridgeId, BridgeSession> bridges,
                OrderedMap<RequestId, Pending> pending,
                ConferenceSources sources,
                OrderedMap<TimerKey, RunningTimer> timers) {
            return new Broken(new ConferenceState(
                    state.room(),
                    state.startedAt(),
                    life,
                    state.joins(),
                    members,
                    invites,
                    bridges,
                    state.relays(),
                    pending,
                    sources,
                    timers,
                    state.shown(),
                    state.random(),
                    state.nextRequest()));
        }
    }
}
