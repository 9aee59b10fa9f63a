package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.MODERN;
import static org.confocal.focus.conference.ConferenceScript.presence;
import static org.confocal.focus.conference.ConferenceScript.source;
import static org.confocal.focus.conference.ConferenceScript.unmuted;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceGroup.Semantics;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.junit.jupiter.api.Test;

/** How people hear of each other's sources, and how they do not (spec/03, sections 5.2, 8 and 11). */
class SourceSignalingTest {
    private final ConferenceScript s = new ConferenceScript();

    @Test
    void anAddedSourceGoesToTheBridgeInFullAndToTheOthersAsADifference() {
        s.twoTalk();
        assertThat(s.jingle("a", Jingle.add(s, "a", 12)))
                .containsExactly("jvb1: update a sources 11,12", "source-add to b: a 12", "ok iq4");
        assertThat(s.jingle("a", Jingle.remove(s, "a", 11)))
                .containsExactly("jvb1: update a sources 12", "source-remove to b: a 11", "ok iq5");
        assertThat(s.jingle("a", Jingle.remove(s, "a", 12)))
                .containsExactly("jvb1: update a no sources", "source-remove to b: a 12", "ok iq6");
    }

    @Test
    void nothingIsDoneAboutNothing() {
        s.twoTalk();
        assertThat(s.jingle("a", Jingle.add(s, "a"))).containsExactly("ok iq4");
        assertThat(s.jingle("a", Jingle.remove(s, "a"))).containsExactly("ok iq5");
    }

    @Test
    void aSourceThatIsNotValidIsRefusedAndNothingChanges() {
        s.twoTalk();
        assertThat(s.jingle("a", Jingle.add(s, "a", 21)))
                .containsExactly("error iq4 bad-request SSRC is already used: 21.");
        assertThat(s.jingle("a", Jingle.remove(s, "a", 21)))
                .containsExactly("error iq5 bad-request Source does not exist or is not owned by endpoint (ssrc=21).");
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
    }

    @Test
    void whoHasNotAcceptedYetIsToldAfterItsAccept() {
        s.twoTalk();
        s.joins("c");
        s.bridgesDo();
        assertThat(s.jingle("a", Jingle.add(s, "a", 12)))
                .containsExactly("jvb1: update a sources 11,12", "source-add to b: a 12", "ok iq4");
        s.jingle("a", Jingle.add(s, "a", 13));
        s.jingle("a", Jingle.remove(s, "a", 12));
        s.jingle("a", Jingle.remove(s, "a", 11));
        assertThat(s.accepts("c", 31))
                .containsExactly(
                        "jvb1: update c transport sources 31 last-n 20",
                        "source-add to a: c 31",
                        "source-add to b: c 31",
                        "source-remove to c: a 11",
                        "source-add to c: a 13",
                        "ok iq8");
    }

    @Test
    void allWhoseDelayIsOverAreToldInOneStep() {
        ConferenceScript delayed = new ConferenceScript(Configs.DEFAULTS.withDelays(Map.of(2, Duration.ofSeconds(1))));
        delayed.twoTalk().active("c");
        delayed.pass(Duration.ofSeconds(5));
        delayed.jingle("c", Jingle.add(delayed, "c", 31));

        assertThat(delayed.pass(Duration.ofMillis(999))).isEmpty();
        delayed.pass(Duration.ofMillis(1));
        assertThat(delayed.lines())
                .containsExactly("source-add to a: c 31", "cancel timer sources of b", "source-add to b: c 31");
        assertThat(delayed.state().timers().isEmpty()).isTrue();
    }

    @Test
    void receiversWithSsrcRewritingAreNeverTold() {
        Set<Feature> rewriting = EnumSet.copyOf(MODERN);
        rewriting.add(Feature.SSRC_REWRITING);
        s.inRoom().joins(presence("r"), rewriting);
        s.joins("b");
        s.bridgesDo();
        s.accepts("b", 21);
        assertThat(s.accepts("r", 11))
                .containsExactly("jvb1: update r transport sources 11 last-n 20", "source-add to b: r 11", "ok iq3");
        assertThat(s.jingle("b", Jingle.add(s, "b", 22))).containsExactly("jvb1: update b sources 21,22", "ok iq4");
    }

    @Test
    void whoKnowsNoJsonGetsXmlInTheSameRoom() {
        s.inRoom().joins(presence("x"), Feature.DEFAULTS);
        s.joins("b");
        s.bridgesDo();
        s.accepts("x", 11);
        s.accepts("b", 21);
        assertThat(s.effects(Effect.SendSourceAdd.class))
                .extracting(Effect.SendSourceAdd::encoding)
                .containsExactly(SourceEncoding.XML, SourceEncoding.JSON);
    }

    @Test
    void changesAreCollectedForTheDelayOfTheConferencesSize() {
        ConferenceScript slow = new ConferenceScript(Configs.DEFAULTS.withDelays(Map.of(3, Duration.ofMillis(500))));
        slow.twoTalk();
        assertThat(slow.jingle("a", Jingle.add(slow, "a", 12))).contains("source-add to b: a 12");
        slow.active("c", 31);
        slow.pass(Duration.ofSeconds(1));
        assertThat(slow.jingle("a", Jingle.add(slow, "a", 13)))
                .containsExactly(
                        "jvb1: update a sources 11,12,13",
                        "start timer sources of b 500ms",
                        "start timer sources of c 500ms",
                        "ok iq6");
        slow.jingle("a", Jingle.add(slow, "a", 14));
        slow.jingle("a", Jingle.remove(slow, "a", 13));
        slow.jingle("a", Jingle.remove(slow, "a", 11));
        assertThat(slow.pass(Duration.ofMillis(500)))
                .containsExactly(
                        "source-remove to b: a 11",
                        "source-add to b: a 14",
                        "cancel timer sources of c",
                        "source-remove to c: a 11",
                        "source-add to c: a 14");
    }

    @Test
    void somebodyWhoLeavesIsNotToldOfAnyMoreNotEvenWhatWasWaiting() {
        ConferenceScript slow = new ConferenceScript(Configs.DEFAULTS.withDelays(Map.of(0, Duration.ofMillis(500))));
        slow.twoTalk();
        slow.active("c", 31);
        slow.pass(Duration.ofSeconds(1));
        slow.jingle("a", Jingle.add(slow, "a", 12));
        assertThat(slow.leaves("a")).noneMatch(line -> line.startsWith("source-"));
        assertThat(slow.pass(Duration.ofSeconds(1))).containsExactly("cancel timer sources of c");
    }

    @Test
    void onlyTheFirstLayerOfSimulcastIsShown() {
        s.twoTalk();
        Source low = video(12);
        Source high = video(13);
        EndpointSources simulcast = new EndpointSources(
                List.of(low, high),
                List.of(new SourceGroup(Semantics.SIM, MediaType.VIDEO, List.of(new Ssrc(12), new Ssrc(13)))));
        assertThat(s.jingle("a", new JingleRequest.SourceAdd(Optional.of(s.sid("a")), simulcast)))
                .containsExactly("jvb1: update a sources 11,12,13", "source-add to b: a 12", "ok iq4");
        assertThat(s.jingle("a", new JingleRequest.SourceRemove(Optional.of(s.sid("a")), simulcast)))
                .containsExactly("jvb1: update a sources 11", "source-remove to b: a 12", "ok iq5");
    }

    @Test
    void tooManySendersRefuseAMediumAndTheRoomIsTold() {
        ConferenceScript limited = new ConferenceScript(Configs.DEFAULTS.withSenderLimits(1, 2));
        limited.twoTalk();
        assertThat(limited.input(new ConferenceInput.MemberPresent(unmuted("b", MediaType.AUDIO))))
                .containsExactly("presence audio-limit-reached=true bridge-count=1");
        assertThat(limited.jingle("a", Jingle.add(limited, "a", 12)))
                .containsExactly("error iq4 resource-constraint Sender count exceeded for: audio");
        assertThat(limited.input(new ConferenceInput.MemberPresent(presence("b"))))
                .containsExactly("presence audio-limit-reached=false bridge-count=1");
        assertThat(limited.jingle("a", Jingle.add(limited, "a", 12))).contains("ok iq5");
    }

    @Test
    void theTextNamesEveryMediumThatIsFull() {
        ConferenceScript full = new ConferenceScript(Configs.DEFAULTS.withSenderLimits(0, 0));
        full.twoTalk();
        EndpointSources both = new EndpointSources(List.of(source("a", MediaType.AUDIO, 12), video(13)), List.of());
        full.jingle("a", new JingleRequest.SourceAdd(Optional.of(full.sid("a")), both));
        assertThat(full.effects(Effect.Refuse.class))
                .singleElement()
                .satisfies(refusal ->
                        assertThat(refusal.error().text()).isEqualTo("Sender count exceeded for: audio video "));
    }

    private static Source video(long ssrc) {
        return new Source(
                new Ssrc(ssrc),
                MediaType.VIDEO,
                Optional.of("a-v0"),
                Optional.of("a-video track-v0"),
                VideoType.CAMERA);
    }
}
