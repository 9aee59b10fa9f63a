package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.model.JingleRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QuickJsonTest {
    private static final JsonMapper PLAIN = StateJson.plain().build();

    @Test
    void itWritesWhatJacksonWrites() {
        ConferenceScript s = new ConferenceScript(Configs.DEFAULTS.withDelays(Map.of(0, Duration.ofMillis(500))));
        s.twoTalk();
        s.active("c", 31);
        s.jingle("a", new JingleRequest.SourceAdd(Optional.of(s.sid("a")), Simulcast.of(12, 13)));
        s.jingle("a", Jingle.iceRestart(s, "a"));
        s.joins("d");
        ConferenceState state = s.state();

        assertThat(state.pending().isEmpty()).isFalse();
        state.members().asMap().values().forEach(QuickJsonTest::isTheSame);
        state.pending().asMap().values().forEach(QuickJsonTest::isTheSame);
        state.sources().byOwner().values().forEach(QuickJsonTest::isTheSame);
        isTheSame(state.joins());
    }

    private static void isTheSame(Object value) {
        JsonNode quick = StateJson.MAPPER.readTree(StateJson.MAPPER.writeValueAsBytes(value));
        assertThat(quick).isEqualTo(PLAIN.readTree(PLAIN.writeValueAsBytes(value)));
    }
}
