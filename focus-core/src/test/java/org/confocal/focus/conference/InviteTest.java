package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.JVB1;
import static org.confocal.focus.conference.ConferenceScript.JVB2;
import static org.confocal.focus.conference.ConferenceScript.MODERN;
import static org.confocal.focus.conference.ConferenceScript.chosen;
import static org.confocal.focus.conference.ConferenceScript.none;
import static org.confocal.focus.conference.ConferenceScript.presence;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.model.BridgeRequest.Capability;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MediaDescription;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.strategy.Audience;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.SelectionRequest;
import org.junit.jupiter.api.Test;

/** Who is invited, when, on which bridge, with what. */
class InviteTest {
    private final ConferenceScript s = new ConferenceScript();

    @Test
    void nobodyIsInvitedBelowTheMinimumAndEverybodyWhenItIsReached() {
        ConferenceScript three = new ConferenceScript(Configs.DEFAULTS.withMinParticipants(3));
        three.inRoom().joins("a");
        assertThat(three.joins("b")).containsExactly("discover b");
        assertThat(three.joins("c")).contains("select for a", "select for b", "select for c");
        three.leaves("c");
        assertThat(three.joins("d")).as("later joiners are invited at once").contains("select for d");
        three.leaves("b");
        three.leaves("d");
        assertThat(three.leaves("a")).contains("end: everybody-left");
    }

    @Test
    void oneIsInvitedAloneWhereTheMinimumIsOneAndKeptForEver() {
        ConferenceScript one = new ConferenceScript(Configs.DEFAULTS.withMinParticipants(1));
        assertThat(one.inRoom().joins("a")).contains("select for a");
        one.bridgesDo();
        one.accepts("a", 11);
        one.active("b", 21);
        one.leaves("b");
        assertThat(one.pass(Duration.ofHours(1))).isEmpty();
    }

    @Test
    void whoComesBackAloneAfterASwitchIsNotInvited() {
        s.twoTalk();
        s.leaves("a");
        s.leaves("b", ConferenceInput.Departure.SWITCHED_ROOM);
        assertThat(s.joins("b")).noneMatch(line -> line.startsWith("select"));
        assertThat(s.joins("a")).contains("select for b", "select for a");
    }

    @Test
    void nobodyIsInvitedBeforeItsFeaturesAreKnown() {
        s.inRoom().joins("a");
        assertThat(s.input(new ConferenceInput.MemberPresent(presence("b"))))
                .contains("select for a")
                .doesNotContain("select for b");
        assertThat(s.discovered("b", Feature.DEFAULTS)).contains("select for b");
    }

    @Test
    void featuresOfSomebodyWhoLeftAndCameBackAreNotMixedUp() {
        s.inRoom().joins("b");
        s.input(new ConferenceInput.MemberPresent(presence("a")));
        Effect.DiscoverFeatures old = s.effects(Effect.DiscoverFeatures.class).get(0);
        s.leaves("a");
        s.input(new ConferenceInput.MemberPresent(presence("a")));
        assertThat(s.input(new ConferenceInput.FeaturesDiscovered(old.request(), old.id(), MODERN)))
                .isEmpty();
        assertThat(s.discovered("a", MODERN)).contains("select for a");
    }

    @Test
    void visitorsAreInvitedOnlyWhereTheyAreSwitchedOn() {
        s.inRoom().joins("a");
        s.joins(presence("v", MemberRole.VISITOR), MODERN);
        assertThat(s.joins("b")).doesNotContain("select for v");
        assertThat(s.phase("v")).isEqualTo("WAITING");
        ConferenceScript on = new ConferenceScript(Configs.DEFAULTS.withVisitors());
        on.inRoom().joins("a");
        on.joins(presence("v", MemberRole.VISITOR), MODERN);
        on.bridgesDo();
        assertThat(on.phase("v")).isEqualTo("OFFERED");
        on.input(new ConferenceInput.MemberPresent(presence("v", MemberRole.PARTICIPANT)));
        assertThat(on.member("v").audience()).as("stays what it came as").isEqualTo(Audience.VISITOR);
    }

    @Test
    void theSelectionSeesWhoIsOnTheBridgeAlready() {
        s.inRoom();
        s.joins(ConferenceScript.unmuted("a", MediaType.AUDIO), MODERN);
        s.joins(ConferenceScript.unmuted("b", MediaType.VIDEO), MODERN);
        s.joins("c");
        SelectionRequest asked = s.effects(Effect.SelectBridge.class).get(0).selection();
        assertThat(asked.region()).contains(new Region("us-east"));
        assertThat(asked.audience()).isEqualTo(Audience.PARTICIPANT);
        assertThat(asked.at()).isEqualTo(s.now());
        assertThat(asked.conference().bridges())
                .containsExactly(new BridgeUse(
                        JVB1,
                        Audience.PARTICIPANT,
                        List.of(new RegionCount(Optional.of(new Region("us-east")), 2)),
                        1,
                        1));
    }

    @Test
    void theSelectionSeesHowFastPeopleJoinAndHowManyWait() {
        ConferenceScript fast = new ConferenceScript(Configs.DEFAULTS.withMinParticipants(6));
        fast.inRoom();
        for (String id : List.of("a", "b", "c", "d", "e", "f")) {
            fast.pass(Duration.ofSeconds(1));
            fast.joins(id);
        }
        List<ConferenceShape> shapes = fast.allEffects(Effect.SelectBridge.class).stream()
                .map(select -> select.selection().conference())
                .toList();
        // Five wait for company; the features of the sixth are not known when the first of them is placed.
        assertThat(shapes).extracting(ConferenceShape::waiting).containsExactly(4, 3, 2, 1, 0, 0);
        assertThat(shapes.getFirst().joins().perSecond(fast.now())).isBetween(0.9, 1.1);
        double before = fast.state().joins().weight();
        fast.input(new ConferenceInput.MemberPresent(presence("a")));
        assertThat(fast.state().joins().weight())
                .as("a new presence is no join")
                .isEqualTo(before);
    }

    @Test
    void whoWasThereBeforeTheFocusDidNotJoinInABurst() {
        s.requested();
        s.input(new ConferenceInput.RoomJoined(
                ConferenceScript.form(), List.of(presence("a"), presence("b"), presence("c"))));
        assertThat(s.state().joins()).isEqualTo(JoinRate.NONE);
    }

    @Test
    void theCreateCarriesWhatTheOfferWillCarry() {
        Set<Feature> features = EnumSet.copyOf(MODERN);
        features.addAll(Set.of(Feature.SCTP, Feature.SSRC_REWRITING));
        s.inRoom().joins(presence("a"), features);
        s.joins("b");
        EndpointRequest create = s.request("a").change().endpoints().get(0);
        assertThat(create.statsId()).contains("Stats-a");
        assertThat(create.details().orElseThrow().capabilities())
                .containsExactlyInAnyOrder(Capability.SOURCE_NAMES, Capability.SSRC_REWRITING);
        s.bridgesDo();
        Offer offer = s.offer("a");
        assertThat(offer.media()).isEqualTo(create.details().orElseThrow().media());
        assertThat(offer.media()).extracting(MediaDescription::media).containsExactly(MediaType.AUDIO, MediaType.VIDEO);
        assertThat(offer.sctpPort()).hasValue(5000);
        assertThat(offer.bridgeRegion()).contains(new Region("us-east"));
        assertThat(offer.encoding()).isEqualTo(SourceEncoding.JSON);
        assertThat(offer.session().value()).matches("[0-9a-v]{1,13}");
        assertThat(offer.session()).isNotEqualTo(s.offer("b").session());
    }

    @Test
    void anOfferHasTheSourcesOfTheOthersUnlessTheBridgeRewritesThem() {
        s.twoTalk();
        s.joins("c");
        assertThat(s.bridgeDoes("c")).contains("offer to c: jvb 1; a 11; b 21");
        Set<Feature> rewriting = EnumSet.copyOf(MODERN);
        rewriting.add(Feature.SSRC_REWRITING);
        s.joins(presence("r"), rewriting);
        assertThat(s.bridgeDoes("r")).contains("offer to r: jvb 1");
    }

    @Test
    void withoutABridgeTheRoomIsToldAndWhoeverWaitsIsInvitedWhenOneAppears() {
        s.inRoom().fleetSays(none(), none(), none(), none(), none()).joins("a");
        assertThat(s.joins("b"))
                .containsExactly("discover b", "select for a", "presence bridge-not-available", "select for b");
        assertThat(s.counted(ConferenceCounter.SELECTIONS_FAILED)).isEqualTo(2);
        assertThat(s.phase("a")).isEqualTo("UNSERVED");
        assertThat(s.input(new ConferenceInput.BridgeUsable(JVB1))).containsExactly("select for a", "select for b");
        ConferenceScript once = new ConferenceScript();
        once.inRoom().fleetSays(none()).joins("a");
        once.joins("b");
        assertThat(once.phase("a")).as("served with the next joiner").isEqualTo("ALLOCATING");
        assertThat(once.state().shown().published().orElseThrow().bridgeNotAvailable())
                .isFalse();
    }

    @Test
    void aBridgeThatAppearsChangesNothingForWhoIsServed() {
        s.twoTalk();
        assertThat(s.input(new ConferenceInput.BridgeUsable(JVB2))).isEmpty();
    }

    @Test
    void aLostBridgesPeopleAreInvitedOnAnotherWithTheSourcesTheyHad() {
        s.twoTalk();
        s.fleetSays(chosen(JVB2), chosen(JVB2));
        assertThat(s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED)))
                .containsExactly(
                        "jvb1: expire conference",
                        "release a from jvb1",
                        "terminate a: success moving",
                        "release b from jvb1",
                        "terminate b: success moving",
                        "select for a",
                        "presence bridge-count=0",
                        "jvb2: new conference, create a without sctp sources 11",
                        "select for b",
                        "presence bridge-count=1",
                        "jvb2: create b without sctp sources 21");
        s.bridgesDo();
        assertThat(s.accepts("a", 12)).contains("jvb2: update a transport sources 12 last-n 20");
        assertThat(s.counted(ConferenceCounter.PARTICIPANTS_MOVED)).isEqualTo(2);
        assertThat(s.counted(ConferenceCounter.BRIDGES_REMOVED)).isEqualTo(1);
        assertThat(s.counted(ConferenceCounter.PARTICIPANTS))
                .as("a move is no new participant")
                .isEqualTo(2);
    }

    @Test
    void aBridgeTheConferenceIsNotOnIsLostWithoutConsequence() {
        s.twoTalk();
        assertThat(s.input(new ConferenceInput.BridgeLost(JVB2, BridgeLoss.SHUTTING_DOWN)))
                .isEmpty();
    }

    @Test
    void manyAreInvitedAgainInBatchesWithPauses() {
        ConferenceScript paced = new ConferenceScript(Configs.DEFAULTS.withBatch(2));
        paced.inRoom();
        for (String id : List.of("a", "b", "c", "d", "e")) {
            paced.joins(id);
        }
        paced.bridgesDo();
        assertThat(selections(paced.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.UNHEALTHY))))
                .containsExactly("select for a", "select for b");
        assertThat(selections(paced.pass(Duration.ofMillis(99)))).isEmpty();
        assertThat(selections(paced.pass(Duration.ofMillis(1)))).containsExactly("select for c", "select for d");
        paced.leaves("e");
        assertThat(paced.state().timers().isEmpty()).isTrue();
    }

    @Test
    void aChoiceOfAnotherBridgeMovesTheWholeConferenceThere() {
        s.twoTalk();
        s.fleetSays(chosen(JVB2), chosen(JVB2), chosen(JVB2));
        assertThat(s.joins("c"))
                .contains(
                        "jvb1: expire conference",
                        "terminate a: success moving",
                        "jvb2: create a without sctp sources 11");
        s.bridgesDo();
        assertThat(s.state().bridges().keys()).containsExactly(JVB2);
        assertThat(s.phase("a") + s.phase("b") + s.phase("c")).isEqualTo("OFFEREDOFFEREDOFFERED");
    }

    @Test
    void aClientWithoutRoomMetadataForStartMutedIsCountedOnce() {
        s.inRoom().joins(presence("a"), Feature.DEFAULTS);
        s.joins("b");
        assertThat(s.counted(ConferenceCounter.PARTICIPANTS)).isEqualTo(2);
        assertThat(s.counted(ConferenceCounter.PARTICIPANTS_NO_START_MUTED_RMD)).isEqualTo(1);
    }

    @Test
    void newcomersStartMutedFromTheConfiguredNumberOn() {
        s.inRoom(java.util.Map.of("startAudioMuted", "2", "startVideoMuted", "1"));
        s.joins("a");
        s.joins("b");
        s.bridgesDo();
        assertThat(s.offer("b").startMuted()).contains(new Offer.StartMuted(false, true));
        s.joins("c");
        s.bridgesDo();
        assertThat(s.offer("c").startMuted()).contains(new Offer.StartMuted(true, true));
    }

    @Test
    void aRefusedOfferIsTerminatedAndNotRepeated() {
        s.inRoom().joins("a");
        s.joins("b");
        s.bridgesDo();
        assertThat(s.input(new ConferenceInput.OfferAnswered(
                        ConferenceScript.endpoint("a"), s.sid("a"), ConferenceInput.OfferAnswer.REFUSED)))
                .containsExactly(
                        "terminate a: general-error jingle session failed", "release a from jvb1", "jvb1: expire a");
        s.input(new ConferenceInput.BridgeUsable(JVB2));
        s.joins("c");
        assertThat(s.phase("a")).isEqualTo("CLOSED");
    }

    @Test
    void anOfferWithoutReplyWaitsForItsAccept() {
        s.inRoom().joins("a");
        s.joins("b");
        s.bridgesDo();
        for (ConferenceInput.OfferAnswer answer :
                List.of(ConferenceInput.OfferAnswer.NO_REPLY, ConferenceInput.OfferAnswer.ACKNOWLEDGED)) {
            assertThat(s.input(new ConferenceInput.OfferAnswered(ConferenceScript.endpoint("a"), s.sid("a"), answer)))
                    .isEmpty();
        }
        assertThat(s.phase("a")).isEqualTo("OFFERED");
        s.accepts("a", 11);
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
        assertThat(s.input(new ConferenceInput.OfferAnswered(
                        ConferenceScript.endpoint("a"), s.sid("a"), ConferenceInput.OfferAnswer.REFUSED)))
                .as("a late answer to an accepted offer")
                .isEmpty();
    }

    private static List<String> selections(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("select")).toList();
    }
}
