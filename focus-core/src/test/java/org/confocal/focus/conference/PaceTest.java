package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.JVB1;

import java.time.Duration;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.junit.jupiter.api.Test;

/** Who lost a session waits for the turn that the fleet gives; who comes does not. */
class PaceTest {
    private final ConferenceScript s = new ConferenceScript();

    @Test
    void newcomersAreFreeAndThoseWhoLostTheirSessionAreUrgent() {
        s.twoTalk();
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        s.jingle("b", Jingle.restart(s, "b"));
        assertThat(s.paces()).startsWith("a FREE", "b FREE", "a URGENT", "b URGENT");
    }

    @Test
    void whoIsPostponedIsAskedForAgainInTimeAndThenForNothing() {
        s.twoTalk().fleetPostpones(Duration.ofSeconds(2), Duration.ofSeconds(3));
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        assertThat(s.phase("a")).isEqualTo("QUEUED");
        assertThat(s.phase("b")).isEqualTo("QUEUED");
        s.pass(Duration.ofMillis(1_999));
        assertThat(s.phase("a")).isEqualTo("QUEUED");
        s.pass(Duration.ofMillis(101));
        assertThat(s.phase("a")).isEqualTo("ALLOCATING");
        assertThat(s.phase("b")).isEqualTo("QUEUED");
        s.pass(Duration.ofSeconds(1));
        assertThat(s.phase("b")).isEqualTo("ALLOCATING");
        assertThat(s.paces()).endsWith("a URGENT", "b URGENT", "a FREE", "b FREE");
    }

    @Test
    void whoComesMeanwhileDoesNotWait() {
        s.twoTalk().fleetPostpones(Duration.ofSeconds(5), Duration.ofSeconds(5));
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        s.joins("c");
        assertThat(s.phase("c")).isEqualTo("ALLOCATING");
        assertThat(s.phase("a")).isEqualTo("QUEUED");
    }

    @Test
    void aShortWaitIsNotHeldUpByALongOneBeforeIt() {
        s.twoTalk().fleetPostpones(Duration.ofSeconds(9), Duration.ofSeconds(1));
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        s.pass(Duration.ofMillis(1_100));
        assertThat(s.phase("b")).isEqualTo("ALLOCATING");
        assertThat(s.phase("a")).isEqualTo("QUEUED");
    }

    @Test
    void whoLeavesWhileWaitingIsForgotten() {
        s.twoTalk().fleetPostpones(Duration.ofSeconds(1), Duration.ofSeconds(1));
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        s.leaves("a");
        s.pass(Duration.ofSeconds(2));
        assertThat(s.phase("b")).isEqualTo("ALLOCATING");
        assertThat(s.paces()).endsWith("b FREE");
    }
}
