package org.confocal.xmpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What participants send in Jingle. */
class JingleDecodeTest {
    private static JingleRequest jingle(String recorded) {
        return JingleCodec.decode(Recorded.read(recorded, JingleIQ.class));
    }

    private static JingleRequest parsed(String jingle) {
        return JingleCodec.decode(Recorded.parse(
                "<iq xmlns='jabber:client' type='set' id='i' from='r@m/a' to='f@x/y'>" + jingle + "</iq>",
                JingleIQ.class));
    }

    private static JingleRequest sourceAdd(String content) {
        return parsed("<jingle xmlns='urn:xmpp:jingle:1' action='source-add' sid='s'>" + content + "</jingle>");
    }

    @Test
    void recordedAcceptIsReadWithSourcesGroupsAndTransport() {
        JingleRequest.Accept accept = (JingleRequest.Accept) jingle("A034-session-accept");

        assertThat(accept.session()).contains(new SessionId("8cf3ils07ijrf"));
        assertThat(accept.sources().sources()).hasSize(7);
        assertThat(accept.sources().sources().get(0))
                .isEqualTo(new Source(
                        new Ssrc(853354846),
                        MediaType.AUDIO,
                        Optional.of("ad6484a6-a0"),
                        Optional.of("ad6484a6-audio-0-1 9c551afd-49c4-4de3-a01f-cfc687e7fd0d-1"),
                        VideoType.CAMERA));
        assertThat(accept.sources().groups()).hasSize(4).element(1).satisfies(group -> {
            assertThat(group.semantics()).isEqualTo(SourceGroup.Semantics.SIM);
            assertThat(group.ssrcs())
                    .containsExactly(new Ssrc(530920824L), new Ssrc(3128710338L), new Ssrc(271611336L));
        });
        assertThat(accept.transport().orElseThrow().ufrag()).contains("z3id");
        assertThat(accept.transport().orElseThrow().rtcpMux()).isTrue();
        assertThat(accept.initialLastN()).isEmpty();
    }

    @Test
    void initialLastNOfTheVideoContentIsRead() {
        JingleRequest.Accept accept = (JingleRequest.Accept)
                parsed("<jingle xmlns='urn:xmpp:jingle:1' action='session-accept' sid='s'><content name='video'>"
                        + "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'/>"
                        + "<initial-last-n xmlns='jitsi:colibri2' value='5'/></content></jingle>");

        assertThat(accept.initialLastN()).isEqualTo(OptionalInt.of(5));
        assertThat(accept.transport()).isEmpty();
    }

    @Test
    void recordedSessionInfoTransportInfoAndTerminateAreRead() {
        assertThat(jingle("D101-ice-restart"))
                .isEqualTo(new JingleRequest.IceRestart(
                        Optional.of(new SessionId("8md60v7jskpu0")),
                        Optional.of(new BridgeSessionId("09346441-4dba-47f1-b5e0-9c3e466cfd8c"))));
        JingleRequest.TransportInfo info = (JingleRequest.TransportInfo) jingle("D107-transport-info-client");
        assertThat(info.transport().orElseThrow().iceGeneration()).isEqualTo(OptionalInt.of(1));
        assertThat(jingle("D111-session-terminate-restart"))
                .isEqualTo(new JingleRequest.Terminate(
                        Optional.of(new SessionId("3cfkn9phbdtpf")),
                        Optional.of("success"),
                        Optional.of("restart required"),
                        Optional.of(new BridgeSessionId("d0750726-d2b5-40b2-8287-bc4f211844d4")),
                        true));
    }

    @Test
    void failedIceStateIsToldFromOtherSessionInfo() {
        String head = "<jingle xmlns='urn:xmpp:jingle:1' action='session-info' sid='s'>";
        assertThat(parsed(head + "<ice-state xmlns='http://jitsi.org/protocol/focus'>failed</ice-state>"
                        + "<bridge-session xmlns='http://jitsi.org/protocol/focus' id='b'/></jingle>"))
                .isEqualTo(new JingleRequest.IceFailed(
                        Optional.of(new SessionId("s")), Optional.of(new BridgeSessionId("b"))));
        assertThat(parsed(head + "</jingle>")).isEqualTo(new JingleRequest.OtherInfo(Optional.of(new SessionId("s"))));
    }

    static Stream<Arguments> malformed() {
        String audio = "<content name='audio'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'>";
        String end = "</description></content>";
        String ssma = "xmlns='urn:xmpp:jingle:apps:rtp:ssma:0'";
        return Stream.of(
                Arguments.of(audio.replace("audio", "smell") + end, "Unknown media type: smell"),
                Arguments.of("<content/>", "A content has no 'name'."),
                Arguments.of(audio + "<source " + ssma + "/>" + end, "A source has no 'ssrc'."),
                Arguments.of(audio + "<source " + ssma + " ssrc='abc'/>" + end, "Invalid SSRC: abc."),
                Arguments.of(
                        audio + "<source " + ssma + " ssrc='99999999999999999999'/>" + end,
                        "Invalid SSRC: 99999999999999999999."),
                Arguments.of(
                        audio + "<ssrc-group " + ssma + " semantics='XXX'/>" + end,
                        "Unknown ssrc-group semantics: XXX"),
                Arguments.of(audio + "<ssrc-group " + ssma + "/>" + end, "A ssrc-group has no 'semantics'."));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void sourcesThatMakeNoSenseAreMalformed(String content, String problem) {
        assertThat(sourceAdd(content)).isEqualTo(new JingleRequest.Malformed(Optional.of(new SessionId("s")), problem));
    }

    @Test
    void ssrcOutOfRangeIsReadForTheCoreToRefuse() {
        JingleRequest.SourceAdd added = (JingleRequest.SourceAdd)
                sourceAdd("<content name='video'><source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='8589934592'/>"
                        + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='-1'/></content>");

        assertThat(added.sources().sources())
                .extracting(each -> each.ssrc().value())
                .containsExactly(8_589_934_592L, -1L);
        assertThat(added.sources().sources()).noneMatch(each -> each.ssrc().valid());
    }

    @Test
    void dataContentHasNoSources() {
        JingleRequest.SourceAdd added = (JingleRequest.SourceAdd) sourceAdd("<content name='data'/>");

        assertThat(added.sources()).isEqualTo(EndpointSources.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "session-accept, Accept",
        "transport-accept, Accept",
        "source-add, SourceAdd",
        "addsource, SourceAdd",
        "source-remove, SourceRemove",
        "removesource, SourceRemove",
        "transport-info, TransportInfo",
        "transport-reject, TransportReject",
        "session-info, OtherInfo",
        "session-terminate, Terminate",
        "content-add, Unsupported",
        "content-modify, Unsupported",
        "session-initiate, Unsupported",
        "transport-replace, Unsupported",
        "no-such-action, Malformed"
    })
    void everyActionHasItsRequest(String action, String type) {
        JingleRequest request = parsed("<jingle xmlns='urn:xmpp:jingle:1' action='" + action + "' sid='s'></jingle>");

        assertThat(request.getClass().getSimpleName()).isEqualTo(type);
        assertThat(request.session()).contains(new SessionId("s"));
    }

    @Test
    void missingActionAndSessionAreMalformed() {
        assertThat(parsed("<jingle xmlns='urn:xmpp:jingle:1'/>"))
                .isEqualTo(new JingleRequest.Malformed(Optional.empty(), "Missing 'action'"));
    }

    @Test
    void transportWithNonsenseIsMalformed() {
        String head = "<jingle xmlns='urn:xmpp:jingle:1' action='transport-info' sid='s'><content name='audio'>"
                + "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'>";
        String end = "</transport></content></jingle>";
        assertThat(parsed(head + "<candidate foundation='1' protocol='udp' type='host' ip='::1' port='many'/>" + end))
                .isInstanceOf(JingleRequest.Malformed.class);
        assertThat(parsed(head + "<candidate foundation='1' protocol='udp' type='newtype' ip='::1' port='1'/>" + end))
                .isInstanceOf(JingleRequest.TransportInfo.class);
        assertThat(parsed(head + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='x'/>" + end))
                .isInstanceOf(JingleRequest.Malformed.class);
        assertThat(parsed(head
                        + "<candidate foundation='1' protocol='udp' type='host' ip='::1' port='1'/>".repeat(501)
                        + end))
                .isInstanceOf(JingleRequest.Malformed.class);
    }
}
