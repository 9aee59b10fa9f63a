package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceGroup.Semantics;
import org.junit.jupiter.api.Test;

/** States are written and read after every step of every script; here is what scripts do not reach. */
class ConferenceRecordsTest {

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
        ConferenceState again = read(RecordMap.of(state));
        assertThat(again).isEqualTo(state);
        assertThat(again.members().keys())
                .containsExactlyElementsOf(state.members().keys());
    }

    @Test
    void groupsOfSourcesSurvive() {
        ConferenceScript s = new ConferenceScript().twoTalk();
        s.jingle("a", new JingleRequest.SourceAdd(java.util.Optional.of(s.sid("a")), Simulcast.of(12, 13)));
        ConferenceState again = read(RecordMap.of(s.state()));
        assertThat(again.sources().of(ConferenceScript.endpoint("a")).groups())
                .extracting(SourceGroup::semantics)
                .containsExactly(Semantics.SIM);
    }

    @Test
    void onlyWhatAStepChangedIsWritten() {
        ConferenceScript s = new ConferenceScript().twoTalk();
        s.active("c", 31);
        ConferenceRecords records = new ConferenceRecords();
        records.write(s.state(), new RecordMap());
        s.jingle("a", Jingle.add(s, "a", 12));
        RecordMap written = new RecordMap();

        records.write(s.state(), written);

        Set<String> kinds = new TreeSet<>();
        written.keySet().forEach(key -> kinds.add(key.replaceFirst("/.*", "")));
        assertThat(kinds).contains("sources", "pending").doesNotContain("life", "head", "bridge", "timer");
        assertThat(written.keySet().stream().filter(key -> key.startsWith("sources/")))
                .hasSize(1);
    }

    @Test
    void whatIsOverIsRemovedAndInTheEndEverything() {
        ConferenceScript s = new ConferenceScript().twoTalk();
        ConferenceRecords records = new ConferenceRecords();
        RecordMap kept = new RecordMap();
        records.write(s.state(), kept);
        List<String> before =
                kept.keySet().stream().filter(key -> key.startsWith("member/")).toList();
        s.leaves("b");

        records.write(s.state(), kept);
        assertThat(before).hasSize(2);
        assertThat(kept.keySet().stream().filter(key -> key.startsWith("member/")))
                .containsExactly(before.getFirst());

        records.remove(kept);
        assertThat(kept).isEmpty();
    }

    @Test
    void aReaderGoesOnWritingWhereTheWriterStopped() {
        ConferenceScript s = new ConferenceScript().twoTalk();
        RecordMap kept = RecordMap.of(s.state());
        ConferenceRecords reader = new ConferenceRecords();
        ConferenceState read = reader.read(kept);
        RecordMap written = new RecordMap();

        reader.write(read, written);

        assertThat(written).isEmpty();
        reader.remove(kept);
        assertThat(kept).isEmpty();
    }

    @Test
    void anotherVersionIsRefusedWithASentence() {
        RecordMap kept = RecordMap.of(new ConferenceScript().twoTalk().state());
        int version = ConferenceRecords.VERSION;
        String later = "{\"version\":%d,\"what\":\"only a later one knows\"}".formatted(version + 1);
        kept.put("head", later.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> read(kept))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("were written as version %d; only version %d can be read.", version + 1, version);
    }

    @Test
    void whatIsMissingOrTornIsRefusedWithASentence() {
        RecordMap whole = RecordMap.of(new ConferenceScript().twoTalk().state());
        for (String key : new ArrayList<>(whole.keySet())) {
            byte[] json = whole.getOrDefault(key, new byte[0]);
            for (int length : new int[] {0, 1, json.length / 2, json.length - 1}) {
                Map<String, byte[]> torn = new HashMap<>(whole);
                torn.put(key, java.util.Arrays.copyOf(json, length));
                assertThatThrownBy(() -> read(torn))
                        .as("%s cut after %d bytes", key, length)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("A conference's record");
            }
            Map<String, byte[]> gone = new HashMap<>(whole);
            gone.remove(key);
            assertThatThrownBy(() -> read(gone))
                    .as("without %s", key)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching(
                            key.contains("/")
                                    ? "A conference's records are not all there: .*"
                                    : "A conference's record '" + key + "' is missing.");
        }
    }

    @Test
    void anotherProcessDrawsNoIdAndNumbersNoRequestAgain() {
        ConferenceScript s = new ConferenceScript().twoTalk();
        ConferenceState kept = s.state();

        ConferenceState one = kept.takenUp(1);
        ConferenceState other = kept.takenUp(2);

        assertThat(List.of(kept.random(), one.random(), other.random())).doesNotHaveDuplicates();
        assertThat(one.nextRequest()).isGreaterThan(kept.nextRequest() + 1_000);
        assertThat(other.nextRequest()).isNotEqualTo(one.nextRequest());
        assertThat(one.pending()).isEqualTo(kept.pending());
        assertThat(kept.takenUp(-1).nextRequest()).isBetween(4_096L, 10_000L);
    }

    private static ConferenceState read(Map<String, byte[]> kept) {
        return new ConferenceRecords().read(kept);
    }
}
