package org.confocal.xmpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.conference.ConferenceInput.MuteRequested;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.stream.StanzaReading;
import org.jitsi.xmpp.extensions.jitsimeet.AbstractMuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.junit.jupiter.api.Test;

/** Requests, rooms, bridges and metadata as they arrive, as records. */
class DecodeTest {
    private static final StanzaRef REF = new StanzaRef(new Jid("a@b/c"), new Jid("d@e/f"), "id");

    @Test
    void recordedConferenceRequestIsReadWithItsProperties() {
        ConferenceRequest request = ConferenceRequestCodec.decode(
                        Recorded.read("A001-conference-request", ConferenceIq.class), REF, new Jid("c@meet.jitsi/r"))
                .orElseThrow();

        assertThat(request.room()).isEqualTo(new RoomId("labjga1r1@muc.meet.jitsi"));
        assertThat(request.machineUid()).contains("3e1ac6f69ff84a37b065c2c6a023b3bd");
        assertThat(request.properties())
                .containsOnly(
                        java.util.Map.entry("rtcstatsEnabled", "false"), java.util.Map.entry("visitors-version", "1"));
        assertThat(request.sessionId()).isEmpty();
        assertThat(request.token()).isEmpty();
    }

    @Test
    void conferenceRequestWithoutRoomIsReadButHoldsNone() {
        ConferenceIq iq = Recorded.parse(
                "<iq xmlns='jabber:client' type='set' id='i' from='a@b/c'><conference"
                        + " xmlns='http://jitsi.org/protocol/focus' machine-uid='m'><property name='x' value='y'/>"
                        + "<conference/></conference></iq>",
                ConferenceIq.class);

        assertThat(ConferenceRequestCodec.decode(iq, REF, new Jid("a@b/c"))).isEmpty();
    }

    @Test
    void conferenceRequestWithAnImpossibleRoomIsABrokenStanza() {
        assertThat(Recorded.reading("<iq xmlns='jabber:client' type='set' id='i' from='a@b/c'><conference"
                        + " xmlns='http://jitsi.org/protocol/focus' room='a@b@c'/></iq>"))
                .isInstanceOf(StanzaReading.Unparsable.class);
    }

    @Test
    void transportSurvivesTheWayThereAndBack() throws MalformedStanzaException {
        BridgeAnswer.Modified answer =
                (BridgeAnswer.Modified) ColibriCodec.decode(Recorded.read("D103-colibri-ice-restarted", IQ.class));
        var transport = answer.endpoints().get(0).transport().orElseThrow();

        assertThat(transport.iceGeneration()).isEqualTo(OptionalInt.of(1));
        assertThat(transport.webSockets()).hasSize(1);
        for (TransportCodec.Flags flags : TransportCodec.Flags.values()) {
            assertThat(TransportCodec.decode(TransportCodec.encode(transport, flags)))
                    .isEqualTo(transport);
        }
    }

    @Test
    void colibriErrorsAreReadWithReasonAndEndpoint() {
        IQ error = Recorded.parse(
                "<iq xmlns='jabber:client' type='error' id='i' from='b@x/jvb1'><error type='cancel'><item-not-found"
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text"
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Unknown endpoint</text><error"
                        + " xmlns='jitsi:colibri2' reason='unknown_endpoint'/><endpoint xmlns='jitsi:colibri2'"
                        + " id='abc'/></error></iq>",
                IQ.class);

        assertThat(ColibriCodec.decode(error.getError()))
                .isEqualTo(new BridgeAnswer.Refused(
                        "item-not-found",
                        Optional.of("unknown_endpoint"),
                        Optional.of(new EndpointId("abc")),
                        "Unknown endpoint"));
        assertThat(ColibriCodec.decode(
                        Recorded.read("G064-recipient-not-in-room", IQ.class).getError()))
                .isEqualTo(new BridgeAnswer.Refused(
                        "item-not-found", Optional.empty(), Optional.empty(), "Recipient not in room"));
    }

    @Test
    void colibriAnswersWithoutTransportAreStillAnswers() {
        BridgeAnswer.Modified updated =
                (BridgeAnswer.Modified) ColibriCodec.decode(Recorded.read("A046-colibri-updated", IQ.class));
        assertThat(updated.endpoints()).hasSize(1);
        assertThat(updated.endpoints().get(0).transport()).isEmpty();
        assertThat(updated.feedback()).isEqualTo(EndpointSources.EMPTY);
        assertThat(ColibriCodec.decode(Recorded.read("A058-colibri-expired", IQ.class)))
                .isEqualTo(new BridgeAnswer.Modified(List.of(), EndpointSources.EMPTY));
    }

    @Test
    void feedbackSourcesOfABridgeGetTheirMsid() {
        BridgeAnswer.Modified created =
                (BridgeAnswer.Modified) ColibriCodec.decode(Recorded.read("A027-colibri-created", IQ.class));

        assertThat(created.feedback().sources())
                .containsExactly(
                        new Source(
                                new Ssrc(2604009854L),
                                MediaType.AUDIO,
                                Optional.of("jvb-a0"),
                                Optional.of("mixedmslabel mixedlabelaudio0"),
                                VideoType.CAMERA),
                        new Source(
                                new Ssrc(303151521L),
                                MediaType.VIDEO,
                                Optional.of("jvb-v0"),
                                Optional.of("mixedmslabel mixedlabelvideo0"),
                                VideoType.CAMERA));
    }

    @Test
    void recordedOwnerFormHoldsTheMeetingId() {
        RoomForm form =
                RoomFormCodec.decode(Recorded.read("A006-owner-form", IQ.class)).orElseThrow();

        assertThat(form.meetingId().orElseThrow().value()).isEqualTo("1401e1a2-1230-431d-8854-139ae38e4cd0");
        assertThat(form.breakout()).isFalse();
        assertThat(form.presetsService()).isFalse();
    }

    @Test
    void recordedMuteRequestIsRead() {
        MuteRequested request = MuteCodec.decode(
                Recorded.read("D098-mute-request", AbstractMuteIq.class),
                REF,
                new RoomId("labzlyu1n@muc.meet.jitsi"),
                new EndpointId("dd43f243"));

        assertThat(request)
                .isEqualTo(new MuteRequested(
                        REF,
                        new EndpointId("dd43f243"),
                        Optional.of(new EndpointId("d5991e25")),
                        MutedMedia.AUDIO,
                        Optional.of(true)));
    }

    @Test
    void muteTargetOfAnotherRoomIsNobodyHere() {
        AbstractMuteIq iq = Recorded.read("D098-mute-request", AbstractMuteIq.class);

        assertThat(MuteCodec.decode(iq, REF, new RoomId("other@muc.meet.jitsi"), new EndpointId("x"))
                        .target())
                .contains(new EndpointId("labzlyu1n@muc.meet.jitsi/d5991e25"));
    }

    @Test
    void roomMetadataIsReadAndAnythingElseIsNot() {
        assertThat(metadata(
                        "room='r@muc.x'",
                        "{\"type\":\"room_metadata\",\"metadata\":{\"startMuted\":{\"audio\":true}}}"))
                .hasValueSatisfying(each -> {
                    assertThat(each.room()).isEqualTo(new RoomId("r@muc.x"));
                    assertThat(each.metadata().startAudioMuted()).contains(true);
                    assertThat(each.metadata().startVideoMuted()).isEmpty();
                });
        assertThat(metadata("room='r@muc.x'", "{\"type\":\"room_metadata\",\"metadata\":{\"startMuted\":5}}"))
                .hasValueSatisfying(
                        each -> assertThat(each.metadata().startAudioMuted()).isEmpty());
        assertThat(metadata("room='r@muc.x'", "{\"type\":\"av_moderation\"}")).isEmpty();
        assertThat(metadata("room='r@muc.x'", "{")).isEmpty();
        assertThat(metadata("room='nonsense'", "{\"type\":\"room_metadata\"}")).isEmpty();
        assertThat(metadata("", "{\"type\":\"room_metadata\"}")).isEmpty();
    }

    private static Optional<MetadataCodec.Announcement> metadata(String attributes, String json) {
        return MetadataCodec.decode(Recorded.parse(
                "<message xmlns='jabber:client' from='metadata.x'><json-message xmlns='http://jitsi.org/jitmeet' "
                        + attributes + ">" + json + "</json-message></message>",
                Message.class));
    }

    @Test
    void compactSourcesEscapeWhatAClientChose() {
        OwnedSources sources = new OwnedSources(List.of(new OwnedSources.Entry(
                new SourceOwner.Endpoint(new EndpointId("a\"b")),
                new EndpointSources(
                        List.of(new Source(
                                new Ssrc(1),
                                MediaType.AUDIO,
                                Optional.of("n\"\\\n\u0001"),
                                Optional.empty(),
                                VideoType.CAMERA)),
                        List.of(new SourceGroup(
                                SourceGroup.Semantics.SIM, MediaType.AUDIO, List.of(new Ssrc(1), new Ssrc(2))))))));

        assertThat(CompactSourceCodec.encode(sources))
                .isEqualTo(
                        "{\"sources\":{\"a\\\"b\":[[],[],[{\"s\":1,\"n\":\"n\\\"\\\\\\n\\u0001\"}],[[\"s\",1,2]]]}}");
    }

    @Test
    void everyErrorHasTheTypeOfItsCondition() {
        for (StanzaError.Condition condition : StanzaError.Condition.values()) {
            var error = ErrorCodec.encode(StanzaError.of(condition, "a text"));
            assertThat(error.getCondition().toString()).isEqualTo(condition.element());
            assertThat(error.getDescriptiveText()).isEqualTo("a text");
        }
        assertThat(ErrorCodec.encode(StanzaError.of(StanzaError.Condition.RESOURCE_CONSTRAINT, ""))
                        .getType())
                .isEqualTo(org.jivesoftware.smack.packet.StanzaError.Type.WAIT);
        assertThat(ErrorCodec.encode(StanzaError.of(StanzaError.Condition.BAD_REQUEST, ""))
                        .getType())
                .isEqualTo(org.jivesoftware.smack.packet.StanzaError.Type.MODIFY);
        assertThat(ErrorCodec.encode(StanzaError.of(StanzaError.Condition.FORBIDDEN, ""))
                        .getType())
                .isEqualTo(org.jivesoftware.smack.packet.StanzaError.Type.AUTH);
        assertThat(ErrorCodec.encode(new StanzaError(
                                StanzaError.Condition.NOT_ACCEPTABLE,
                                "invalid session",
                                Optional.of(StanzaError.Extension.SESSION_INVALID)))
                        .toXML()
                        .toString())
                .contains("<session-invalid xmlns='http://jitsi.org/protocol/focus'/>");
    }
}
