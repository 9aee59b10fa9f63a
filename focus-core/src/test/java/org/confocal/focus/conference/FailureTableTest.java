package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.JVB1;
import static org.confocal.focus.conference.ConferenceScript.JVB2;
import static org.confocal.focus.conference.ConferenceScript.chosen;
import static org.confocal.focus.conference.ConferenceScript.none;
import static org.confocal.focus.conference.ConferenceScript.refused;

import java.util.List;
import java.util.stream.Stream;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.model.BridgeAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows of spec/04, sections 5 and 6, that {@link AllocationErrorTest} (section 4, and timeout, unknown_endpoint of section 5)
 * and {@link RelayTest} (relays) do not hold.
 */
class FailureTableTest {
    private final ConferenceScript s = new ConferenceScript().twoTalk();

    static Stream<BridgeAnswer> anyOtherError() {
        return Stream.of(
                refused("bad-request", ""),
                refused("conflict", ""),
                refused("feature-not-implemented", "feature_not_implemented"),
                refused("internal-server-error", ""),
                refused("item-not-found", ""),
                refused("item-not-found", "conference_not_found"),
                refused("service-unavailable", ""),
                new BridgeAnswer.Unusable("a query"));
    }

    @ParameterizedTest(name = "section 5, any other error or wrong type: {0}")
    @MethodSource("anyOtherError")
    void theWholeSessionFailsAndItsPeopleAreInvitedAgain(BridgeAnswer answer) {
        s.jingle("a", Jingle.add(s, "a", 12));
        s.fleetSays(chosen(JVB2), chosen(JVB2));

        List<String> lines = s.bridgeAnswers("a", answer);

        assertThat(lines)
                .containsSubsequence(
                        "jvb1: expire conference",
                        "terminate a: success moving",
                        "terminate b: success moving",
                        "jvb2: new conference, create a without sctp sources 11,12",
                        "jvb2: create b without sctp sources 21");
        assertThat(lines)
                .as("Jicofo's state of the bridge does not change; nor does ours")
                .noneMatch(line -> line.startsWith("report"));
    }

    @ParameterizedTest(name = "section 5, any other error to the expire of an endpoint: {0}")
    @MethodSource("anyOtherError")
    void anExpireOfAnEndpointIsARequestLikeAnyOther(BridgeAnswer answer) {
        s.active("c", 31);
        s.leaves("c", Departure.LEFT);

        assertThat(s.bridgeAnswers("c", answer)).startsWith("jvb1: expire conference");
    }

    @ParameterizedTest(name = "section 5, a failing expire: {0}")
    @MethodSource("anyOtherError")
    void aFailingExpireHitsASessionThatIsGone(BridgeAnswer answer) {
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        Effect.ModifyConference expire =
                s.effects(Effect.ModifyConference.class).getFirst();
        assertThat(expire.change().expire()).isTrue();
        ConferenceState before = s.state();

        assertThat(s.bridgeAnswers(expire.request(), answer)).isEmpty();

        assertThat(s.state()).isEqualTo(before);
    }

    @ParameterizedTest(name = "section 6, a bridge is {0}")
    @EnumSource(BridgeLoss.class)
    void aBridgeThatIsLostIsExpiredAllTheSameAndItsPeopleAreInvitedAgain(BridgeLoss loss) {
        s.fleetSays(chosen(JVB2), chosen(JVB2));

        assertThat(s.input(new ConferenceInput.BridgeLost(JVB1, loss)))
                .containsSubsequence(
                        "jvb1: expire conference",
                        "terminate a: success moving",
                        "terminate b: success moving",
                        "jvb2: new conference, create a without sctp sources 11",
                        "jvb2: create b without sctp sources 21");
    }

    /** Jicofo invites then only where a conference has no session at all; one that is left out waits for the next joiner. */
    @Test
    void section6ABridgeThatAppearsTakesThoseWhoHaveNoneThoughOthersAreServed() {
        s.fleetSays(none());
        s.joins("c");
        assertThat(s.phase("c")).isEqualTo("UNSERVED");

        assertThat(s.input(new ConferenceInput.BridgeUsable(JVB2)))
                .contains("jvb1: create c without sctp")
                .noneMatch(line -> line.startsWith("terminate"));
    }
}
