package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.confocal.focus.config.ConferenceConfig;
import org.junit.jupiter.api.Test;

/** What an operator is shown of a conference. */
class ConferenceDebugTest {

    @Test
    void theTreeHasJicofosKeys() {
        Map<String, Object> tree = tree(new ConferenceScript().twoTalk().state());
        assertThat(tree)
                .containsKeys(
                        "name",
                        "meeting_id",
                        "config",
                        "chat_room",
                        "participants",
                        "chat_room_role_manager",
                        "started",
                        "start_audio_muted",
                        "start_video_muted",
                        "colibri_session_manager",
                        "conference_properties",
                        "include_in_statistics",
                        "conference_sources",
                        "audio_limit_reached",
                        "video_limit_reached",
                        "visitor_count",
                        "participant_count",
                        "jibri_count",
                        "jigasi_count",
                        "transcriber_count")
                .containsEntry("name", "standup@muc.example.org")
                .containsEntry("participant_count", 2);
    }

    @Test
    void theTreeIsMadeOfMapsListsStringsNumbersAndBooleansInEveryState() {
        ConferenceScript s = new ConferenceScript();
        assertPlain(tree(s.state()));
        s.twoTalk();
        s.joins("c");
        s.jingle("a", Jingle.add(s, "a", 12));
        assertPlain(tree(s.state()));
        s.input(new ConferenceInput.Stop(EndReason.SHUTDOWN));
        assertPlain(tree(s.state()));
    }

    @Test
    void relaysAreShownWithWhomABridgeHearsOverThem() {
        ConferenceScript s = new ConferenceScript(RelayTest.OCTO)
                .inRoom()
                .fleetSays(
                        ConferenceScript.chosen(ConferenceScript.JVB1), ConferenceScript.chosen(ConferenceScript.JVB2));
        s.joins("a");
        s.joins("b");
        s.bridgesDo();

        Map<String, Object> tree = tree(s.state());
        assertPlain(tree);
        assertThat(tree.toString())
                .contains("sctp_bridge_channel=true, mesh_id=0, side=initiator, stage=passed on, remote_endpoints=[b]}")
                .contains(
                        "sctp_bridge_channel=true, mesh_id=0, side=responder, stage=passed on, remote_endpoints=[a]}");
    }

    private static Map<String, Object> tree(ConferenceState state) {
        return ConferenceDebug.tree(state, ConferenceConfig.DEFAULTS);
    }

    private static void assertPlain(Object value) {
        if (value instanceof Map<?, ?> map) {
            assertThat(map.keySet()).allMatch(String.class::isInstance);
            map.values().forEach(ConferenceDebugTest::assertPlain);
        } else if (value instanceof List<?> list) {
            list.forEach(ConferenceDebugTest::assertPlain);
        } else {
            assertThat(value).isInstanceOfAny(String.class, Number.class, Boolean.class);
        }
    }
}
