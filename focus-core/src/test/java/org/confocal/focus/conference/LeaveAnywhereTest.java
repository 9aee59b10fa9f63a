package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.MODERN;
import static org.confocal.focus.conference.ConferenceScript.presence;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.confocal.focus.model.BridgeAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody leaves after every single step of being invited, talking and being moved: nothing of it stays behind. */
class LeaveAnywhereTest {
    private static final List<Consumer<ConferenceScript>> STEPS = List.of(
            s -> s.input(new ConferenceInput.MemberPresent(presence("c"))),
            s -> s.discovered("c", MODERN),
            s -> s.bridgeDoes("c"),
            s -> s.accepts("c", 31),
            ConferenceScript::bridgesDo,
            s -> s.jingle("c", Jingle.add(s, "c", 32)),
            s -> s.jingle("c", Jingle.iceRestart(s, "c")),
            ConferenceScript::bridgesDo,
            s -> s.jingle("c", Jingle.restart(s, "c")),
            ConferenceScript::bridgesDo,
            s -> s.bridgeAnswers(request(s, "a"), new BridgeAnswer.Unusable("a query")),
            ConferenceScript::bridgesDo);

    private static org.confocal.focus.model.RequestId request(ConferenceScript s, String id) {
        s.jingle(id, Jingle.add(s, id, 19));
        return s.request(id).request();
    }

    static Stream<Integer> afterEveryStep() {
        return IntStream.rangeClosed(1, STEPS.size()).boxed();
    }

    @ParameterizedTest
    @MethodSource("afterEveryStep")
    void leavingAfterAnyStepGivesEverythingBack(int steps) {
        ConferenceScript s = new ConferenceScript().twoTalk();
        STEPS.subList(0, steps).forEach(step -> step.accept(s));
        boolean hadEndpoint = s.member("c").invite().allocation().isPresent();
        List<String> leaving = s.leaves("c");
        assertThat(leaving.contains("release c from jvb1")).isEqualTo(hadEndpoint);
        assertThat(leaving.contains("jvb1: expire c")).isEqualTo(hadEndpoint);
        assertThat(leaving).noneMatch(line -> line.startsWith("source-") || line.startsWith("terminate"));
        assertThat(s.state().sources().byOwner()).doesNotContainKey(ConferenceScript.endpoint("c"));
        s.bridgesDo();
        s.pass(Duration.ofSeconds(1));
        s.bridgesDo();
        assertThat(s.lines()).noneMatch(line -> line.contains("to c"));
        s.leaves("a");
        assertThat(s.leaves("b")).contains("jvb1: expire conference", "end: everybody-left");
    }

    @ParameterizedTest
    @MethodSource("afterEveryStep")
    void stoppingAfterAnyStepGivesEverythingBack(int steps) {
        ConferenceScript s = new ConferenceScript().twoTalk();
        STEPS.subList(0, steps).forEach(step -> step.accept(s));
        long endpoints = s.state().participants();
        List<String> end = s.input(new ConferenceInput.Stop(EndReason.SHUTDOWN));
        assertThat(end).filteredOn(line -> line.startsWith("release")).hasSize((int) endpoints);
        assertThat(end).contains("jvb1: expire conference").endsWith("end: shutdown");
    }

    @Test
    void anEndpointCreatedForWhoLeftMeanwhileIsExpiredBehindItsCreate() {
        ConferenceScript s = new ConferenceScript().twoTalk();
        s.joins("c");
        Effect.ModifyConference create = s.request("c");
        assertThat(s.leaves("c")).contains("jvb1: expire c");
        assertThat(s.bridgeAnswers(create.request(), ConferenceScript.modified(create)))
                .isEmpty();
    }

    @Test
    void whoComesBackUnderTheSameNickGetsTheNewEndpointAndNotTheOld() {
        ConferenceScript s = new ConferenceScript().twoTalk();
        s.joins("c");
        Effect.ModifyConference old = s.request("c");
        s.leaves("c");
        s.joins("c");
        assertThat(s.bridgeAnswers(old.request(), ConferenceScript.modified(old)))
                .isEmpty();
        s.bridgesDo();
        assertThat(s.phase("c")).isEqualTo("OFFERED");
    }

    @Test
    void theFailureOfACreateForWhoLeftStillMovesTheOthers() {
        ConferenceScript s = new ConferenceScript().twoTalk();
        s.joins("c");
        Effect.ModifyConference create = s.request("c");
        s.leaves("c");
        assertThat(s.bridgeAnswers(create.request(), new BridgeAnswer.TimedOut()))
                .contains("report jvb1 timed-out", "terminate a: success moving", "terminate b: success moving");
    }
}
