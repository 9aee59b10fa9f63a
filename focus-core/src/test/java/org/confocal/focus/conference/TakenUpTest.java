package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput.Bridges;
import org.confocal.focus.model.BridgeAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another process goes on with a conference. */
class TakenUpTest {
    private final ConferenceScript s = new ConferenceScript().twoTalk();

    @Test
    void afterAHandoverNobodyIsAskedAnything() {
        s.input(new ConferenceInput.TakenUp(Bridges.CERTAIN));

        assertThat(changes()).isEmpty();
    }

    @Test
    void afterADeathEachBridgeIsAskedForTheConferenceWithoutACreate() {
        s.input(new ConferenceInput.TakenUp(Bridges.DOUBTFUL));

        assertThat(changes()).singleElement().satisfies(asked -> {
            assertThat(asked.change().create()).isEmpty();
            assertThat(asked.change().expire()).isFalse();
            assertThat(asked.change().endpoints()).isEmpty();
        });
    }

    @Test
    void whomTheLastProcessFoundNoBridgeForIsTriedAgain() {
        s.fleetSays(ConferenceScript.none()).joins("c");
        assertThat(s.phase("c")).isEqualTo("UNSERVED");

        assertThat(s.input(new ConferenceInput.TakenUp(Bridges.CERTAIN)))
                .startsWith("select for c", "jvb1: create c without sctp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "conference_not_found"})
    void whoWasOnABridgeThatIsGoneOrHasLostTheConferenceIsInvitedAgainAndCounted(String reason) {
        s.input(new ConferenceInput.TakenUp(Bridges.DOUBTFUL));
        Effect.ModifyConference asked = changes().getFirst();

        s.bridgeAnswers(
                asked.request(),
                new BridgeAnswer.Refused(
                        "item-not-found", Optional.of(reason).filter(text -> !text.isEmpty()), Optional.empty(), ""));

        assertThat(s.counted(ConferenceCounter.PARTICIPANTS_REPAIRED)).isEqualTo(2);
        assertThat(s.state().members())
                .allMatch(member -> member.invite().session().isEmpty());
    }

    @Test
    void aBridgeThatHasItOrDoesNotAnswerKeepsIt() {
        s.input(new ConferenceInput.TakenUp(Bridges.DOUBTFUL));
        ConferenceState before = s.state();

        s.bridgeAnswers(changes().getFirst().request(), new BridgeAnswer.TimedOut());

        assertThat(s.state().bridges()).isEqualTo(before.bridges());
        assertThat(s.state().members()).isEqualTo(before.members());
        assertThat(s.state().pending().isEmpty()).isTrue();
    }

    private List<Effect.ModifyConference> changes() {
        return s.effects(Effect.ModifyConference.class);
    }
}
