package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Test;

class RequestNumbersTest {
    private final RequestNumbers first = new RequestNumbers(1);
    private final RequestNumbers second = new RequestNumbers(Integer.MAX_VALUE);

    @Test
    void answerComesBackWithTheNumberThatTheMachineGave() {
        for (RequestNumbers numbers : Set.of(first, second)) {
            RequestId outside = numbers.outward(new RequestId(7));
            assertThat(numbers.inward(new ConferenceInput.BridgeAnswered(outside, new BridgeAnswer.TimedOut())))
                    .contains(new ConferenceInput.BridgeAnswered(new RequestId(7), new BridgeAnswer.TimedOut()));
            assertThat(numbers.inward(
                            new ConferenceInput.FeaturesDiscovered(outside, new EndpointId("anna"), Set.of())))
                    .contains(
                            new ConferenceInput.FeaturesDiscovered(new RequestId(7), new EndpointId("anna"), Set.of()));
        }
    }

    @Test
    void answerToAnotherRunIsDropped() {
        RequestId outside = first.outward(new RequestId(7));
        assertThat(second.inward(new ConferenceInput.BridgeAnswered(outside, new BridgeAnswer.TimedOut())))
                .isEmpty();
        assertThat(second.inward(new ConferenceInput.FeaturesDiscovered(outside, new EndpointId("anna"), Set.of())))
                .isEmpty();
    }

    @Test
    void whatHasNoNumberPasses() {
        assertThat(first.inward(Inputs.left("anna"))).contains(Inputs.left("anna"));
    }

    @Test
    void numbersThatDoNotFitAreADefect() {
        assertThat(first.outward(new RequestId(0xFFFF_FFFFL)).value()).isEqualTo(0x1_FFFF_FFFFL);
        assertThatThrownBy(() -> first.outward(new RequestId(0x1_0000_0000L)))
                .isInstanceOf(IllegalStateException.class);
    }
}
