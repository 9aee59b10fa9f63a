package org.confocal.xmpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.jivesoftware.smack.packet.Presence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What members say of themselves in their presences. */
class PresenceDecodeTest {
    private static MemberPresence member(String children) {
        return PresenceCodec.member(Recorded.parse(
                        "<presence xmlns='jabber:client' from='r@muc.x/nick'>" + children + "</presence>",
                        Presence.class))
                .orElseThrow();
    }

    @Test
    void recordedMemberIsReadCompletely() {
        MemberPresence member = PresenceCodec.member(Recorded.read("A012-member-joined", Presence.class))
                .orElseThrow();

        assertThat(member)
                .isEqualTo(new MemberPresence(
                        new EndpointId("00c73f83"),
                        Optional.of(new Jid("5rv_nvpvp_w1izi5lq3u1rjb@meet.jitsi/8ecvSQ9iHrB-")),
                        MemberRole.PARTICIPANT,
                        Optional.of(new Caps("https://jitsi.org/jitsi-meet", "dtzK/3xhISaXUMVg59IpXxdvKyQ=")),
                        Optional.of(new Region("us-east")),
                        Optional.of("Damaris-XbH"),
                        false,
                        false,
                        List.of("vp8"),
                        false,
                        java.util.Set.of()));
        MemberPresence later = PresenceCodec.member(Recorded.read("A042-member-unmuted", Presence.class))
                .orElseThrow();
        assertThat(later.audioUnmuted()).isTrue();
        assertThat(later.videoUnmuted()).isTrue();
        assertThat(later.role()).isEqualTo(MemberRole.OWNER);
    }

    @ParameterizedTest
    @CsvSource({
        "owner, moderator, OWNER",
        "owner, none, OWNER",
        "admin, participant, MODERATOR",
        "none, moderator, MODERATOR",
        "member, participant, PARTICIPANT",
        "none, participant, PARTICIPANT",
        "none, visitor, VISITOR",
        "member, none, VISITOR"
    })
    void roleComesFromAffiliationThenRole(String affiliation, String role, MemberRole expected) {
        assertThat(member("<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='" + affiliation
                                + "' role='" + role + "'/></x>")
                        .role())
                .isEqualTo(expected);
    }

    @Test
    void memberWithoutRoomInformationIsAVisitor() {
        assertThat(member("").role()).isEqualTo(MemberRole.VISITOR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"n-a0\":{\"muted\":false}} | true | false",
                "{\"n-v0\":{\"muted\":false}} | false | true",
                "{\"n-a0\":{\"muted\":true},\"n-v1\":{\"muted\":false}} | false | true",
                "{\"n-a0\":{}} | false | false",
                "{\"odd\":{\"muted\":false,\"mediaType\":\"audio\"}} | true | false",
                "{\"n-a0\":{\"muted\":false,\"mediaType\":\"video\"}} | false | true",
                "{\"n-a0\":{\"muted\":\"false\"}} | false | false",
                "{\"-\":{\"muted\":false},\"\":{\"muted\":false}} | false | false",
                "[1,2] | false | false",
                "{{{ | false | false",
                "null | false | false"
            })
    void sourceInfoSaysWhatIsUnmuted(String json, boolean audio, boolean video) {
        assertThat(SourceInfoCodec.decode(json)).isEqualTo(new SourceInfoCodec.Unmuted(audio, video));
    }

    @Test
    void deepSourceInfoDoesNotBreakThePresence() {
        assertThat(SourceInfoCodec.decode("[".repeat(100_000))).isEqualTo(new SourceInfoCodec.Unmuted(false, false));
    }

    @Test
    void mutedElementsCountWhereThereIsNoSourceInfo() {
        MemberPresence member = member("<audiomuted xmlns='http://jitsi.org/jitmeet/audio'>false</audiomuted>"
                + "<videomuted xmlns='http://jitsi.org/jitmeet/video'>true</videomuted>");

        assertThat(member.audioUnmuted()).isTrue();
        assertThat(member.videoUnmuted()).isFalse();
    }

    @Test
    void codecsAreLowerCaseUniqueAndEndInVp8() {
        assertThat(member("<jitsi_participant_codecList>AV1, vp9,,VP9</jitsi_participant_codecList>")
                        .codecs())
                .containsExactly("av1", "vp9", "vp8");
        assertThat(member("<jitsi_participant_codecType>H264</jitsi_participant_codecType>")
                        .codecs())
                .containsExactly("h264", "vp8");
        assertThat(member("").codecs()).isEmpty();
        assertThat(member("<jitsi_participant_codecList>" + "a,b,c,d,".repeat(10_000)
                                + "</jitsi_participant_codecList>")
                        .codecs())
                .containsExactly("a", "b", "c", "d", "vp8");
    }

    @Test
    void claimsComeFromFeatures() {
        MemberPresence member = member("<features><feature var='http://jitsi.org/protocol/jibri'/>"
                + "<feature var='http://jitsi.org/protocol/jigasi'/><feature/><feature var='x'/></features>");

        assertThat(member.claims()).containsExactlyInAnyOrder(MemberPresence.Claim.JIBRI, MemberPresence.Claim.JIGASI);
    }

    @Test
    void presenceWithoutNickIsNoMember() {
        assertThat(PresenceCodec.member(
                        Recorded.parse("<presence xmlns='jabber:client' from='r@muc.x'/>", Presence.class)))
                .isEmpty();
        assertThat(PresenceCodec.member(Recorded.parse("<presence xmlns='jabber:client'/>", Presence.class)))
                .isEmpty();
    }

    @Test
    void recordedDeparturesAreTold() {
        assertThat(PresenceCodec.departure(Recorded.read("A049-member-left", Presence.class)))
                .isEqualTo(Departure.LEFT);
        assertThat(PresenceCodec.departure(Recorded.read("D149-member-kicked", Presence.class)))
                .isEqualTo(Departure.KICKED);
    }
}
