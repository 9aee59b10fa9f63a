package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.focus.conference.ConferenceScript.JVB1;
import static org.confocal.focus.conference.ConferenceScript.JVB2;
import static org.confocal.focus.conference.ConferenceScript.chosen;
import static org.confocal.focus.conference.ConferenceScript.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.ConferenceInput.MoveRequested;
import org.confocal.focus.model.MediaType;
import org.junit.jupiter.api.Test;

/** Convenient moves: somebody leaves a bridge over which media flows. */
class MoveAwayTest {
    private final ConferenceScript s = new ConferenceScript();

    @Test
    void theWholeConferenceLeavesAtOnceAndAvoidsTheBridge() {
        s.twoTalk().fleetSays(chosen(JVB2), chosen(JVB2));
        List<String> lines = s.input(new MoveRequested(JVB1, Optional.empty(), MoveCause.REQUESTED));
        assertThat(lines)
                .containsSubsequence(
                        "jvb1: expire conference",
                        "terminate a: success moving",
                        "terminate b: success moving",
                        "select for a",
                        "jvb2: new conference, create a without sctp sources 11",
                        "jvb2: create b without sctp sources 21");
        assertThat(s.lastSelection().avoided()).containsExactly(JVB1);
        assertThat(s.paces()).as("the fleet has paced it").endsWith("a FREE", "b FREE");
        assertThat(s.counted(ConferenceCounter.PARTICIPANTS_MOVED)).isEqualTo(2);
        assertThat(s.counted(ConferenceCounter.BRIDGES_REMOVED)).isZero();
    }

    @Test
    void onePersonLeavesAndOnlyThatPersonAvoidsTheBridge() {
        s.twoTalk();
        List<String> lines = s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REDISTRIBUTION));
        assertThat(lines).containsSubsequence("terminate a: success moving", "release a from jvb1", "select for a");
        assertThat(s.lastSelection().avoided()).containsExactly(JVB1);
        assertThat(s.phase("b")).isEqualTo("ACTIVE");
        s.joins("c");
        assertThat(s.lastSelection().avoided()).isEqualTo(Set.of());
    }

    @Test
    void whoIsMovedByAPlanAsksForThatBridgeAndNobodyElseDoes() {
        s.twoTalk();
        s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), Optional.of(JVB2), MoveCause.SECOND_LOOK));
        assertThat(s.lastSelection().endpoint()).isEqualTo(endpoint("a"));
        assertThat(s.lastSelection().planned()).contains(JVB2);
        s.joins("c");
        assertThat(s.lastSelection().planned()).isEmpty();
    }

    @Test
    void aPlanIsForgottenWhenThePlannedBridgeFails() {
        s.twoTalk().fleetSays(chosen(JVB2));
        s.input(new MoveRequested(JVB1, Optional.of(endpoint("b")), Optional.of(JVB2), MoveCause.REDISTRIBUTION));
        s.input(new ConferenceInput.BridgeLost(JVB2, BridgeLoss.REMOVED));
        assertThat(s.lastSelection().endpoint()).isIn(endpoint("a"), endpoint("b"));
        assertThat(s.lastSelection().planned()).isEmpty();
    }

    @Test
    void onlyOnePersonCanBeSentToACertainBridge() {
        assertThatThrownBy(() -> new MoveRequested(JVB1, Optional.empty(), Optional.of(JVB2), MoveCause.REDISTRIBUTION))
                .hasMessageContaining("for one person");
    }

    @Test
    void whoIsNotThereAnyMoreStaysWhereItIs() {
        s.twoTalk();
        assertThat(s.input(new MoveRequested(JVB2, Optional.of(endpoint("a")), MoveCause.REQUESTED)))
                .isEmpty();
        assertThat(s.input(new MoveRequested(JVB1, Optional.of(endpoint("nobody")), MoveCause.REQUESTED)))
                .isEmpty();
        assertThat(s.input(
                        new MoveRequested(JVB2, Optional.of(endpoint("a")), Optional.of(JVB1), MoveCause.SECOND_LOOK)))
                .as("was moved by somebody else meanwhile")
                .isEmpty();
        s.joins("c");
        assertThat(s.input(new MoveRequested(JVB1, Optional.of(endpoint("c")), MoveCause.REQUESTED)))
                .as("its endpoint is just being made")
                .isEmpty();
    }

    @Test
    void whenABridgeDiesThoseWhoSpeakAreInvitedFirst() {
        s.inRoom();
        s.joins("a");
        s.joins("b");
        s.joins("c");
        s.bridgesDo();
        s.input(new ConferenceInput.MemberPresent(ConferenceScript.unmuted("c", MediaType.AUDIO)));
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        assertThat(s.paces()).endsWith("c URGENT", "a URGENT", "b URGENT");
    }
}
