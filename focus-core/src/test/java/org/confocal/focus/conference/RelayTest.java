package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.JVB1;
import static org.confocal.focus.conference.ConferenceScript.JVB2;
import static org.confocal.focus.conference.ConferenceScript.JVB3;
import static org.confocal.focus.conference.ConferenceScript.MODERN;
import static org.confocal.focus.conference.ConferenceScript.chosen;
import static org.confocal.focus.conference.ConferenceScript.presence;
import static org.confocal.focus.conference.ConferenceScript.refused;
import static org.confocal.focus.conference.ConferenceScript.relayTransport;
import static org.confocal.focus.conference.ConferenceScript.sources;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.ConferenceConfig.Octo;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeAnswer.RelayAnswer;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MemberRole;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One conference over several bridges (spec/04, section 3). */
class RelayTest {
    static final ConferenceConfig OCTO = ConferenceConfig.DEFAULTS.with(new Octo(true, false));
    private static final ConferenceConfig OCTO_SCTP = ConferenceConfig.DEFAULTS.with(new Octo(true, true));

    private final ConferenceScript s = new ConferenceScript(OCTO);

    /** {@code a} on jvb1, {@code b} on jvb2, linked, both talking. */
    private ConferenceScript apart() {
        s.inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        s.joins("a");
        s.joins("b");
        s.bridgesDo();
        s.accepts("a", 11);
        s.accepts("b", 21);
        s.bridgesDo();
        return s;
    }

    private List<String> toBridges(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("jvb")).toList();
    }

    @Test
    void theBridgeThatWasThereFirstBeginsTheLink() {
        s.inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        s.joins("a");

        assertThat(toBridges(s.joins("b")))
                .containsExactly(
                        "jvb1: new conference, create a without sctp",
                        "jvb2: new conference, create b without sctp",
                        "jvb1: create relay to jvb2 in mesh 0 as initiator create b",
                        "jvb2: create relay to jvb1 in mesh 0 as responder create a");
        assertThat(s.state().bridges().keys()).containsExactly(JVB1, JVB2);
        assertThat(s.counted(ConferenceCounter.RELAY_LINKS_MADE)).isEqualTo(1);
    }

    @Test
    void eachSidesTransportGoesToTheOtherAsSoonAsItIsThere() {
        s.inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        s.joins("a");
        s.joins("b");

        Effect.ModifyConference second = s.relayRequest(JVB2, JVB1);
        assertThat(s.bridgeAnswers(second.request(), ConferenceScript.modified(second)))
                .containsExactly("jvb1: update relay to jvb2 transport active with web-socket");
        Effect.ModifyConference first = s.open().stream()
                .filter(open ->
                        open.change().relay().flatMap(relay -> relay.create()).isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(s.bridgeAnswers(first.request(), ConferenceScript.modified(first)))
                .containsExactly("jvb2: update relay to jvb1 transport passive");
    }

    @Test
    void overDataChannelsNoSideGetsAWebSocket() {
        ConferenceScript sctp = new ConferenceScript(OCTO_SCTP).inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        sctp.joins("a");
        assertThat(toBridges(sctp.joins("b")))
                .endsWith(
                        "jvb1: create relay to jvb2 in mesh 0 as initiator with sctp create b",
                        "jvb2: create relay to jvb1 in mesh 0 as responder with sctp create a");
        Effect.ModifyConference second = sctp.relayRequest(JVB2, JVB1);
        assertThat(sctp.bridgeAnswers(second.request(), ConferenceScript.modified(second)))
                .containsExactly("jvb1: update relay to jvb2 transport active");
    }

    @Test
    void otherBridgesHearOfSourcesWhenTheOwnBridgeDoes() {
        s.inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        s.joins("a");
        s.joins("b");
        s.bridgesDo();

        assertThat(toBridges(s.accepts("a", 11)))
                .containsExactly(
                        "jvb1: update a transport sources 11 last-n 20",
                        "jvb2: update relay to jvb1 update a sources 11");
        assertThat(toBridges(s.jingle("a", new JingleRequest.SourceAdd(Optional.of(s.sid("a")), sources("a", 12)))))
                .containsExactly("jvb1: update a sources 11,12", "jvb2: update relay to jvb1 update a sources 11,12");
    }

    @Test
    void whoChangesNothingButTransportIsNotAnnouncedAgain() {
        apart();

        assertThat(toBridges(s.jingle(
                        "a",
                        new JingleRequest.TransportInfo(
                                Optional.of(s.sid("a")), Optional.of(ConferenceScript.transport(0))))))
                .containsExactly("jvb1: update a transport");
    }

    @Test
    void whoJoinsOrLeavesIsAnnouncedOverTheRelay() {
        apart().fleetSays(chosen(JVB2));

        assertThat(toBridges(s.joins("c")))
                .containsExactly("jvb2: create c without sctp", "jvb1: update relay to jvb2 create c");
        s.bridgesDo();
        assertThat(toBridges(s.leaves("c"))).containsExactly("jvb2: expire c", "jvb1: update relay to jvb2 expire c");
    }

    @Test
    void theLastOfABridgeTakesTheRelaysAlong() {
        apart();

        assertThat(toBridges(s.leaves("b"))).containsExactly("jvb2: expire conference", "jvb1: expire relay to jvb2");
        assertThat(s.counted(ConferenceCounter.RELAY_LINKS_REMOVED)).isEqualTo(1);
        assertThat(toBridges(s.leaves("a"))).containsExactly("jvb1: expire conference");
    }

    @Test
    void whenEverythingEndsRelaysAreNotExpiredOneByOne() {
        apart();

        assertThat(toBridges(s.input(new ConferenceInput.Stop(EndReason.SHUTDOWN))))
                .containsExactly("jvb1: expire conference", "jvb2: expire conference");
    }

    @Test
    void whoIsMovedIsAnnouncedWithItsSources() {
        apart().fleetSays(chosen(JVB3));

        assertThat(toBridges(s.input(new ConferenceInput.BridgeLost(JVB2, BridgeLoss.SHUTTING_DOWN))))
                .containsExactly(
                        "jvb2: expire conference",
                        "jvb1: expire relay to jvb2",
                        "jvb3: new conference, create b without sctp sources 21",
                        "jvb1: create relay to jvb3 in mesh 0 as initiator create b sources 21",
                        "jvb3: create relay to jvb1 in mesh 0 as responder create a sources 11");
    }

    @Test
    void visitorsAreNotAnnounced() {
        ConferenceConfig visitors = Configs.DEFAULTS.withVisitors().with(new Octo(true, false));
        ConferenceScript v = new ConferenceScript(visitors).inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        v.joins("a");

        assertThat(toBridges(v.joins(presence("v", MemberRole.VISITOR), MODERN)))
                .endsWith(
                        "jvb1: create relay to jvb2 in mesh 0 as initiator",
                        "jvb2: create relay to jvb1 in mesh 0 as responder create a");
        v.bridgesDo();
        assertThat(toBridges(v.accepts("v"))).containsExactly("jvb2: update v transport no sources last-n 20");
    }

    @Test
    void aTransportThatIsNotOpenToBothRolesIsWithheld() {
        s.inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        s.joins("a");
        s.joins("b");
        Effect.ModifyConference second = s.relayRequest(JVB2, JVB1);

        assertThat(s.bridgeAnswers(second.request(), relayed(JVB2, "active"))).isEmpty();
        assertThat(s.counted(ConferenceCounter.RELAY_TRANSPORTS_WITHHELD)).isEqualTo(1);
        assertThat(s.state().relays().ends().get(new RelayEnd.Key(JVB2, JVB1)))
                .map(RelayEnd::stage)
                .contains(RelayEnd.Stage.WITHHELD);
    }

    private static BridgeAnswer relayed(BridgeId at, String setup) {
        return new BridgeAnswer.Modified(
                List.of(),
                List.of(new RelayAnswer("jvb1", Optional.of(relayTransport(at, "jvb1", setup)))),
                EndpointSources.EMPTY);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("timeout", new BridgeAnswer.TimedOut(), "report jvb2 timed-out"),
                Arguments.of("no relays there", refused("feature-not-implemented", ""), "report jvb2 failed"),
                Arguments.of("no channels there", refused("internal-server-error", ""), "report jvb2 failed"),
                Arguments.of("nonsense", new BridgeAnswer.Unusable("?"), "report jvb2 failed"),
                Arguments.of("known already", refused("conflict", ""), ""),
                Arguments.of("no conference", refused("item-not-found", "conference_not_found"), ""),
                Arguments.of("no relay", new BridgeAnswer.Modified(List.of(), EndpointSources.EMPTY), ""),
                Arguments.of(
                        "no transport",
                        new BridgeAnswer.Modified(
                                List.of(), List.of(new RelayAnswer("jvb1", Optional.empty())), EndpointSources.EMPTY),
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aRelayThatCannotBeHadFailsTheSession(String name, BridgeAnswer answer, String report) {
        s.inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        s.joins("a");
        s.joins("b");

        List<String> lines = s.bridgeAnswers(s.relayRequest(JVB2, JVB1).request(), answer);

        assertThat(lines)
                .filteredOn(line -> line.startsWith("report"))
                .isEqualTo(report.isEmpty() ? List.of() : List.of(report));
        assertThat(toBridges(lines))
                .containsExactly(
                        "jvb2: expire conference", "jvb1: expire relay to jvb2", "jvb1: create b without sctp");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(
                        "timeout",
                        new BridgeAnswer.TimedOut(),
                        List.of("jvb2: update relay to jvb1 create a sources 11,12")),
                Arguments.of(
                        "refused",
                        refused("bad-request", ""),
                        List.of(
                                "jvb2: expire conference",
                                "jvb1: expire relay to jvb2",
                                "jvb1: create b without sctp sources 21")),
                Arguments.of(
                        "nonsense",
                        new BridgeAnswer.Unusable("?"),
                        List.of(
                                "jvb2: expire conference",
                                "jvb1: expire relay to jvb2",
                                "jvb1: create b without sctp sources 21")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void anUpdateOfARelayThatIsRefusedFailsTheSessionAndOneWithoutAnswerIsRepeated(
            String name, BridgeAnswer answer, List<String> lines) {
        apart();
        s.jingle("a", new JingleRequest.SourceAdd(Optional.of(s.sid("a")), sources("a", 12)));

        assertThat(toBridges(s.bridgeAnswers(s.relayRequest(JVB2, JVB1).request(), answer)))
                .isEqualTo(lines);
    }

    @Test
    void whatABridgeDoesNotAnswerItIsToldOnceMoreAsItIsByThen() {
        apart();
        s.jingle("a", new JingleRequest.SourceAdd(Optional.of(s.sid("a")), sources("a", 12)));
        Effect.ModifyConference unheard = s.relayRequest(JVB2, JVB1);
        s.jingle("a", new JingleRequest.SourceAdd(Optional.of(s.sid("a")), sources("a", 13)));

        assertThat(toBridges(s.bridgeAnswers(unheard.request(), new BridgeAnswer.TimedOut())))
                .containsExactly("jvb2: update relay to jvb1 create a sources 11,12,13");
        s.leaves("a");
        List<Effect.ModifyConference> open = s.open();
        assertThat(open).isNotEmpty();
        for (Effect.ModifyConference request : open) {
            assertThat(toBridges(s.bridgeAnswers(request.request(), new BridgeAnswer.TimedOut())))
                    .as("the links are gone")
                    .isEmpty();
        }
    }

    @Test
    void whoLeftMeanwhileIsTakenBackAndNothingIsSaidAThirdTime() {
        apart().fleetSays(chosen(JVB2));
        s.joins("c");
        Effect.ModifyConference create = s.relayRequest(JVB1, JVB2);
        s.leaves("c");

        assertThat(toBridges(s.bridgeAnswers(create.request(), new BridgeAnswer.TimedOut())))
                .containsExactly("jvb1: update relay to jvb2 expire c");
        Effect.ModifyConference repeated = s.open().getLast();
        assertThat(toBridges(s.bridgeAnswers(repeated.request(), new BridgeAnswer.TimedOut())))
                .isEmpty();
    }

    @Test
    void aTransportWithoutAnswerIsPassedOnOnceMore() {
        s.inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        s.joins("a");
        s.joins("b");
        Effect.ModifyConference second = s.relayRequest(JVB2, JVB1);
        s.bridgeAnswers(second.request(), ConferenceScript.modified(second));
        Effect.ModifyConference transport = s.open().getLast();

        assertThat(toBridges(s.bridgeAnswers(transport.request(), new BridgeAnswer.TimedOut())))
                .containsExactly("jvb1: update relay to jvb2 transport active with web-socket");
    }

    @Test
    void anAnswerForALinkThatIsGoneIsOfNoInterest() {
        s.inRoom().fleetSays(chosen(JVB1), chosen(JVB2));
        s.joins("a");
        s.joins("b");
        Effect.ModifyConference first = s.relayRequest(JVB1, JVB2);
        s.leaves("b");

        assertThat(s.bridgeAnswers(first.request(), ConferenceScript.modified(first)))
                .isEmpty();
    }

    static Stream<Arguments> unlinkable() {
        return Stream.of(
                Arguments.of("octo is off", ConferenceConfig.DEFAULTS, chosen(JVB1), chosen(JVB2)),
                Arguments.of("the second cannot relay", OCTO, chosen(JVB1), withRelayId(JVB2, Optional.empty())),
                Arguments.of("the first cannot relay", OCTO, withRelayId(JVB1, Optional.empty()), chosen(JVB2)),
                Arguments.of("both have one id", OCTO, chosen(JVB1), withRelayId(JVB2, Optional.of("jvb1"))));
    }

    private static Selection withRelayId(BridgeId bridge, Optional<String> relayId) {
        Selection.Chosen chosen = (Selection.Chosen) chosen(bridge);
        return new Selection.Chosen(bridge, chosen.region(), relayId, chosen.why());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unlinkable")
    void whereBridgesCannotBeLinkedEverybodyGoesToTheOther(
            String name, ConferenceConfig config, Selection first, Selection second) {
        ConferenceScript one = new ConferenceScript(config).inRoom().fleetSays(first, second, second);
        one.joins("a");

        assertThat(toBridges(one.joins("b")))
                .containsExactly(
                        "jvb1: new conference, create a without sctp",
                        "jvb1: expire conference",
                        "jvb2: new conference, create b without sctp",
                        "jvb2: create a without sctp");
    }

    @Test
    void aThirdBridgeIsLinkedWithBothAndItsLossLeavesThemLinked() {
        apart().fleetSays(chosen(JVB3));

        assertThat(toBridges(s.joins("c")))
                .containsExactly(
                        "jvb3: new conference, create c without sctp",
                        "jvb1: create relay to jvb3 in mesh 0 as initiator create c",
                        "jvb3: create relay to jvb1 in mesh 0 as responder create a sources 11",
                        "jvb2: create relay to jvb3 in mesh 0 as initiator create c",
                        "jvb3: create relay to jvb2 in mesh 0 as responder create b sources 21");
        s.bridgesDo();
        s.bridgesDo();
        assertThat(toBridges(s.leaves("c")))
                .containsExactly("jvb3: expire conference", "jvb1: expire relay to jvb3", "jvb2: expire relay to jvb3");
    }

    @Test
    void whatCouldNotBeSaidOverALinkMakesItAnewWhenTheFocusIsBack() {
        apart();
        s.jingle("a", new JingleRequest.SourceAdd(Optional.of(s.sid("a")), sources("a", 12)));
        Effect.ModifyConference lost = s.relayRequest(JVB2, JVB1);
        s.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
        assertThat(toBridges(s.bridgeAnswers(lost.request(), new BridgeAnswer.NotSent())))
                .isEmpty();
        s.input(new ConferenceInput.Reconnected());

        assertThat(toBridges(s.input(new ConferenceInput.RoomJoined(
                        ConferenceScript.form(), List.of(presence("a"), presence("b"))))))
                .containsExactly(
                        "jvb1: expire relay to jvb2",
                        "jvb2: expire relay to jvb1",
                        "jvb1: create relay to jvb2 in mesh 0 as initiator create b sources 21",
                        "jvb2: create relay to jvb1 in mesh 0 as responder create a sources 11,12");
    }

    @Test
    void aLinkThatDidNotSufferIsLeftAloneWhenTheFocusIsBack() {
        apart();
        s.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
        s.input(new ConferenceInput.Reconnected());

        assertThat(toBridges(s.input(new ConferenceInput.RoomJoined(
                        ConferenceScript.form(), List.of(presence("a"), presence("b"))))))
                .isEmpty();
    }
}
