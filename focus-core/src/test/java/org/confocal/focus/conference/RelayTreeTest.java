package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.JVB1;
import static org.confocal.focus.conference.ConferenceScript.JVB2;
import static org.confocal.focus.conference.ConferenceScript.JVB3;
import static org.confocal.focus.conference.ConferenceScript.chosen;
import static org.confocal.focus.conference.ConferenceScript.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.confocal.focus.config.CascadeConfig;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.Lifecycle;
import org.confocal.focus.model.JingleRequest;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.CascadeMember;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.cascade.Link;
import org.confocal.strategy.choice.MediaRates;
import org.junit.jupiter.api.Test;

/** Bridges that hear of each other over others, and rooms with many people. */
class RelayTreeTest {
    private static final BridgeId JVB4 = new BridgeId("jvbbrewery@internal.example.org/jvb4");
    private static final Link ONE_TWO = Link.alone(JVB1, JVB2);
    private static final Link TWO_THREE = Link.alone(JVB2, JVB3);
    private static final Link ONE_THREE = Link.alone(JVB1, JVB3);

    /** Links bridges as the test says for each set of them. */
    private record Told(List<Cascade> cascades) implements CascadePlanner {
        @Override
        public Cascade plan(List<CascadeMember> members) {
            Set<BridgeId> wanted =
                    Set.copyOf(members.stream().map(CascadeMember::bridge).toList());
            return cascades.stream()
                    .filter(cascade -> Set.copyOf(cascade.bridges()).equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nobody said how to link " + wanted));
        }

        @Override
        public Cascade adapt(Cascade present, List<CascadeMember> members) {
            return plan(members);
        }
    }

    /** {@code a} on jvb1, {@code b} on jvb2, {@code c} on jvb3, linked in a row; jvb4 comes between them. */
    private static ConferenceScript inARow() {
        Told told = new Told(List.of(
                Cascade.of(List.of(JVB1), List.of()),
                Cascade.of(List.of(JVB1, JVB2), List.of(ONE_TWO)),
                Cascade.of(List.of(JVB1, JVB2, JVB3), List.of(ONE_TWO, TWO_THREE)),
                Cascade.of(List.of(JVB1, JVB3), List.of(ONE_THREE)),
                Cascade.of(List.of(JVB1, JVB2, JVB3, JVB4), List.of(ONE_TWO, ONE_THREE, Link.alone(JVB3, JVB4)))));
        ConferenceScript s = new ConferenceScript(
                        RelayTest.OCTO, new CascadeConfig(told, List.of(), MediaRates.DEFAULTS))
                .inRoom()
                .fleetSays(chosen(JVB1), chosen(JVB2), chosen(JVB3));
        s.joins("a");
        s.joins("b");
        s.joins("c");
        s.bridgesDo();
        s.bridgesDo();
        return s;
    }

    private static List<String> relays(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("jvb"))
                .map(line -> line.replaceAll(" in mesh [0-9a-f]+", ""))
                .toList();
    }

    @Test
    void whoIsBehindAnotherBridgeIsAnnouncedOverIt() {
        ConferenceScript s = inARow();

        assertThat(relays(s.accepts("c", 31)))
                .containsExactly(
                        "jvb3: update c transport sources 31 last-n 20",
                        "jvb1: update relay to jvb2 update c sources 31",
                        "jvb2: update relay to jvb3 update c sources 31");
    }

    @Test
    void whereTheMiddleGoesTheEndsAreLinked() {
        ConferenceScript s = inARow();

        assertThat(relays(s.leaves("b")))
                .containsExactly(
                        "jvb2: expire conference",
                        "jvb1: expire relay to jvb2",
                        "jvb3: expire relay to jvb2",
                        "jvb1: create relay to jvb3 as initiator create c",
                        "jvb3: create relay to jvb1 as responder create a");
    }

    @Test
    void whoIsHeardOverAnotherRelayIsFirstTakenFromTheOldOne() {
        ConferenceScript s = inARow().fleetSays(chosen(JVB4));

        assertThat(relays(s.joins("d")))
                .containsExactly(
                        "jvb4: new conference, create d without sctp",
                        "jvb2: expire relay to jvb3",
                        "jvb3: expire relay to jvb2",
                        "jvb1: update relay to jvb2 expire c",
                        "jvb1: create relay to jvb3 as initiator create c create d",
                        "jvb3: create relay to jvb1 as responder create a create b",
                        "jvb3: create relay to jvb4 as initiator create d",
                        "jvb4: create relay to jvb3 as responder create a create b create c",
                        "jvb2: update relay to jvb1 create c create d");
    }

    @Test
    void aChangeIsSaidOnceToEachOtherBridge() {
        List<BridgeId> seven = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> new BridgeId("jvbbrewery@internal.example.org/jvb" + i))
                .toList();
        ConferenceScript s = new ConferenceScript(RelayTest.OCTO).inRoom();
        for (int i = 0; i < 21; i++) {
            s.fleetSays(chosen(seven.get(i % seven.size())));
            s.joins("p" + i);
        }
        s.bridgesDo();
        s.bridgesDo();

        s.accepts("p3", 11);
        assertThat(s.effects(Effect.ModifyConference.class)).hasSize(7);
        s.jingle("p3", new JingleRequest.SourceAdd(Optional.of(s.sid("p3")), sources("p3", 12)));
        assertThat(s.effects(Effect.ModifyConference.class)).hasSize(7);
        s.leaves("p3");
        assertThat(s.effects(Effect.ModifyConference.class)).hasSize(7);
    }

    @Test
    void aLargeRoomIsAnnouncedInSeveralRequests() {
        int people = RelayRequests.MAX_ENDPOINTS + 20;
        ConferenceScript s = new ConferenceScript(RelayTest.OCTO).inRoom();
        List<String> ids = IntStream.range(0, people).mapToObj(i -> "p" + i).toList();
        ids.forEach(s::joins);
        s.fleetSays(chosen(JVB2));
        s.joins("far");

        List<String> announced = new ArrayList<>();
        List<Lifecycle> lifecycles = new ArrayList<>();
        for (Effect.ModifyConference request : s.effects(Effect.ModifyConference.class)) {
            Optional<BridgeRequest.RelayRequest> relay =
                    request.change().relay().filter(each -> request.bridge().equals(JVB2));
            relay.ifPresent(each -> {
                lifecycles.add(each.lifecycle());
                assertThat(each.endpoints()).hasSizeLessThanOrEqualTo(RelayRequests.MAX_ENDPOINTS);
                each.endpoints().forEach(endpoint -> announced.add(endpoint.id().value()));
            });
        }
        assertThat(lifecycles).containsExactly(Lifecycle.CREATE, Lifecycle.UPDATE);
        assertThat(announced).containsExactlyElementsOf(ids);
    }
}
