package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.junit.jupiter.api.Test;

/** The one who is left alone (spec/03, section 9). */
class AloneTest {
    private final ConferenceScript s = new ConferenceScript().twoTalk();

    @Test
    void whoIsAloneForTwentySecondsLosesTheSession() {
        assertThat(s.leaves("b")).contains("start timer single 20000ms");
        assertThat(s.pass(Duration.ofSeconds(19))).isEmpty();
        assertThat(s.pass(Duration.ofSeconds(1)))
                .containsExactly(
                        "terminate a: expired Idle session timeout",
                        "release a from jvb1",
                        "jvb1: expire conference",
                        "presence bridge-count=0");
    }

    @Test
    void bothAreInvitedAnewWhenAnotherComes() {
        s.leaves("b");
        s.pass(Duration.ofSeconds(20));
        assertThat(s.joins("c"))
                .contains("jvb1: new conference, create a without sctp", "jvb1: create c without sctp")
                .doesNotContain("jvb1: create a without sctp sources 11");
    }

    @Test
    void theTimeoutIsCancelledByTheSecondAndArmedAgainByEveryLeave() {
        s.leaves("b");
        s.pass(Duration.ofSeconds(10));
        assertThat(s.joins("c")).contains("cancel timer single");
        assertThat(s.leaves("c")).contains("start timer single 20000ms");
        assertThat(s.pass(Duration.ofSeconds(19))).isEmpty();
    }

    @Test
    void whoWaitsForABridgeAloneWaitsNoMore() {
        ConferenceScript unserved = new ConferenceScript();
        unserved.inRoom().fleetSays(ConferenceScript.none(), ConferenceScript.none());
        unserved.joins("a");
        unserved.joins("b");
        unserved.leaves("b");
        assertThat(unserved.pass(Duration.ofSeconds(20))).isEmpty();
        assertThat(unserved.phase("a")).isEqualTo("CLOSED");
        assertThat(unserved.joins("c")).contains("select for a", "select for c");
    }

    @Test
    void nobodyIsAloneWhileItIsNotKnownWhoIsThere() {
        s.leaves("b");
        s.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
        assertThat(s.pass(Duration.ofSeconds(20))).containsExactly("start timer single 20000ms");
    }
}
