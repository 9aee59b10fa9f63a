package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.endpoint;
import static org.confocal.focus.conference.ConferenceScript.presence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.MutedMedia;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every check of spec/02, section 10, in its order. */
class MuteTest {
    private final ConferenceScript s = new ConferenceScript(Configs.DEFAULTS.trusting("service.example.org"));

    @BeforeEach
    void twoPeopleOfWhomOneModerates() {
        s.twoTalk();
        s.input(new ConferenceInput.MemberPresent(presence("a", MemberRole.OWNER)));
    }

    @Test
    void aRequestWithoutTargetOrTextIsABadRequest() {
        assertThat(mute("a", Optional.empty(), Optional.of(true))).containsExactly("error iq4 bad-request");
        assertThat(mute("a", Optional.of("b"), Optional.empty())).containsExactly("error iq5 bad-request");
    }

    @Test
    void nobodyIsMutedWhileTheRoomIsLost() {
        s.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
        assertThat(mute("a", "b", true)).containsExactly("error iq4 item-not-found");
    }

    @Test
    void onlyWhoWasInvitedTakesPart() {
        s.input(new ConferenceInput.MemberPresent(presence("new")));
        assertThat(mute("new", "b", true)).containsExactly("error iq4 internal-server-error");
        assertThat(mute("stranger", "b", true)).containsExactly("error iq5 internal-server-error");
        assertThat(mute("a", "new", true)).containsExactly("error iq6 internal-server-error");
        assertThat(mute("a", "stranger", true)).containsExactly("error iq7 internal-server-error");
    }

    @Test
    void aModeratorMutesAndNobodyElseDoes() {
        assertThat(mute("b", "a", true)).containsExactly("error iq4 not-allowed");
        assertThat(mute("b", "stranger", true))
                .as("who asks is checked first")
                .containsExactly("error iq5 not-allowed");
        assertThat(mute("a", "b", true)).containsExactly("ok iq6", "mute b audio by a");
    }

    @Test
    void nobodyUnmutesAnother() {
        assertThat(mute("a", "b", false)).containsExactly("error iq4 not-allowed");
    }

    @Test
    void everybodyMutesAndUnmutesItself() {
        assertThat(mute("b", "b", true)).containsExactly("ok iq4");
        assertThat(mute("b", "b", false)).containsExactly("ok iq5");
    }

    @Test
    void servicesAreNotMutedUnlessTheySayTheyCanBe() {
        join("recorder", Claim.JIBRI, Feature.DEFAULTS);
        join("deaf", Claim.JIGASI, Feature.DEFAULTS);
        join("phone", Claim.JIGASI, Set.of(Feature.AUDIO, Feature.AUDIO_MUTE));
        s.bridgesDo();
        assertThat(mute("a", "recorder", true)).containsExactly("error iq4 not-allowed");
        assertThat(mute("a", "deaf", true)).containsExactly("error iq5 not-allowed");
        assertThat(mute("a", "phone", true)).containsExactly("ok iq6", "mute phone audio by a");
    }

    private void join(String id, Claim claim, Set<Feature> features) {
        MemberPresence p = presence(id);
        s.joins(
                new MemberPresence(
                        p.id(),
                        Optional.of(new Jid(id + "@service.example.org/x")),
                        p.role(),
                        p.caps(),
                        p.region(),
                        p.statsId(),
                        false,
                        false,
                        List.of(),
                        false,
                        Set.of(claim)),
                features);
    }

    private List<String> mute(String from, String target, boolean mute) {
        return mute(from, Optional.of(target), Optional.of(mute));
    }

    private List<String> mute(String from, Optional<String> target, Optional<Boolean> mute) {
        return s.input(new ConferenceInput.MuteRequested(
                s.stanza(), endpoint(from), target.map(ConferenceScript::endpoint), MutedMedia.AUDIO, mute));
    }
}
