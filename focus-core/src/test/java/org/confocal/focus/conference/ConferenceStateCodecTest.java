package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceGroup.Semantics;
import org.junit.jupiter.api.Test;

/** States are written and read after every step of every script; here is what scripts do not reach. */
class ConferenceStateCodecTest {

    @Test
    void aStateWithEverythingInItIsEqualAfterwards() {
        ConferenceScript s = new ConferenceScript(Configs.DEFAULTS.withDelays(Map.of(0, Duration.ofMillis(500))));
        s.twoTalk();
        s.active("c", 31);
        s.jingle("a", Jingle.add(s, "a", 12));
        s.jingle("a", Jingle.iceRestart(s, "a"));
        s.joins("d");
        s.fleetSays(ConferenceScript.none()).joins("e");
        ConferenceState state = s.state();
        assertThat(state.timers().isEmpty()).isFalse();
        assertThat(state.pending().isEmpty()).isFalse();
        assertThat(state.joins().weight()).isPositive();
        ConferenceState again = ConferenceStateCodec.read(ConferenceStateCodec.write(state));
        assertThat(again).isEqualTo(state);
        assertThat(again.members().keys())
                .containsExactlyElementsOf(state.members().keys());
    }

    @Test
    void groupsOfSourcesSurvive() {
        ConferenceScript s = new ConferenceScript().twoTalk();
        s.jingle("a", new JingleRequest.SourceAdd(java.util.Optional.of(s.sid("a")), Simulcast.of(12, 13)));
        ConferenceState again = ConferenceStateCodec.read(ConferenceStateCodec.write(s.state()));
        assertThat(again.sources().of(ConferenceScript.endpoint("a")).groups())
                .extracting(SourceGroup::semantics)
                .containsExactly(Semantics.SIM);
    }

    @Test
    void anotherVersionIsRefusedWithASentence() {
        String written = new String(
                ConferenceStateCodec.write(new ConferenceScript().twoTalk().state()), StandardCharsets.UTF_8);
        int version = ConferenceStateCodec.VERSION;
        String later = written.replaceFirst("\"version\":" + version, "\"version\":" + (version + 1));
        assertThatThrownBy(() -> ConferenceStateCodec.read(later.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This conference state has version %d; only version %d can be read.", version + 1, version);
    }

    @Test
    void garbageIsRefusedWithASentence() {
        String version = "{\"version\":" + ConferenceStateCodec.VERSION;
        for (String garbage : new String[] {"", "{", "[]", version + "}", version + ",\"room\":7}", "null"}) {
            assertThatThrownBy(() -> ConferenceStateCodec.read(garbage.getBytes(StandardCharsets.UTF_8)))
                    .as("%s", garbage)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("This conference state");
        }
    }
}
