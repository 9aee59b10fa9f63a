package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MemberRole;
import org.junit.jupiter.api.Test;

/** The recorded conversation A: two people, one bridge, from the first request to the last expire. */
class TwoPeopleTest {

    @Test
    void theRecordedConversationOfTwoIsReproducedStepByStep() {
        ConferenceScript s = new ConferenceScript();
        assertThat(s.requested()).containsExactly("start timer start 15000ms", "join room");
        assertThat(s.input(new ConferenceInput.RoomJoined(ConferenceScript.form(), List.of())))
                .containsExactly("claim meeting id", "presence", "answer iq1 ready");
        assertThat(s.input(new ConferenceInput.MemberPresent(ConferenceScript.presence("a"))))
                .containsExactly("cancel timer start", "grant owner a@example.org", "discover a");
        assertThat(s.input(new ConferenceInput.MemberPresent(ConferenceScript.presence("a", MemberRole.OWNER))))
                .isEmpty();
        assertThat(s.discovered("a", ConferenceScript.MODERN)).isEmpty();
        assertThat(s.requested()).containsExactly("answer iq2 ready");
        assertThat(s.joins("b"))
                .containsExactly(
                        "discover b",
                        "select for a",
                        "jvb1: new conference, create a without sctp",
                        "presence bridge-count=1",
                        "select for b",
                        "jvb1: create b without sctp");
        assertThat(s.bridgeDoes("a")).containsExactly("report jvb1 allocated", "offer to a: jvb 1");
        assertThat(s.bridgeDoes("b")).containsExactly("report jvb1 allocated", "offer to b: jvb 1");
        assertThat(s.accepts("b", 21)).containsExactly("jvb1: update b transport sources 21 last-n 20", "ok iq3");
        assertThat(s.accepts("a", 11))
                .containsExactly(
                        "jvb1: update a transport sources 11 last-n 20",
                        "source-add to b: a 11",
                        "source-add to a: b 21",
                        "ok iq4");
        assertThat(s.bridgeDoes("b")).isEmpty();
        assertThat(s.bridgeDoes("a")).isEmpty();
        assertThat(s.input(new ConferenceInput.MemberPresent(ConferenceScript.unmuted("a", MediaType.AUDIO))))
                .isEmpty();
        assertThat(s.leaves("a"))
                .containsExactly(
                        "release a from jvb1",
                        "jvb1: expire a",
                        "grant owner b@example.org",
                        "start timer single 20000ms");
        assertThat(s.leaves("b"))
                .containsExactly(
                        "release b from jvb1",
                        "jvb1: expire conference",
                        "cancel timer single",
                        "presence bridge-count=0",
                        "leave room",
                        "end: everybody-left");
        assertThat(s.state().ended()).isTrue();
    }
}
