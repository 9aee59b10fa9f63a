package org.confocal.focus.view;

import java.util.Map;
import org.confocal.strategy.Selection;

/**
 * What is measured since the start beside what is counted.
 *
 * @param durations of each {@link Timing}
 * @param refusals selections that found no bridge, by why; each reason is there
 */
public record FocusMeasures(Map<Timing, Durations> durations, Map<Selection.Refusal, Long> refusals) {
    public FocusMeasures {
        durations = Map.copyOf(durations);
        refusals = Map.copyOf(refusals);
    }
}
