package org.confocal.focus.view;

import java.util.Map;
import org.confocal.focus.model.StanzaError;
import org.confocal.strategy.Selection;

/**
 * What is measured since the start beside what is counted.
 *
 * @param durations of each {@link Timing}
 * @param refusals selections that found no bridge, by why; each reason is there
 * @param refusedRequests conference requests of people who had to authenticate, by what they were told; both are there
 */
public record FocusMeasures(
        Map<Timing, Durations> durations,
        Map<Selection.Refusal, Long> refusals,
        Map<StanzaError.Condition, Long> refusedRequests) {
    public FocusMeasures {
        durations = Map.copyOf(durations);
        refusals = Map.copyOf(refusals);
        refusedRequests = Map.copyOf(refusedRequests);
    }
}
