package org.confocal.focus.fleet;

import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.PlacementRules;
import org.confocal.strategy.SelectionRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy that never throws: where the plug-in fails, everything is allowed, and that is counted and logged. A broken plug-in
 * must not close the site; one whose rules must hold whatever happens catches its own exceptions, and denies. Any thread.
 */
public final class GuardedPolicy implements PlacementPolicy {
    private static final Logger LOG = LoggerFactory.getLogger("org.confocal.fleet");

    private final PlacementPolicy plugin;
    private final LongAdder failures;

    /** @param failures counts how often the plug-in failed */
    public GuardedPolicy(PlacementPolicy plugin, LongAdder failures) {
        this.plugin = plugin;
        this.failures = failures;
    }

    @Override
    public PlacementRules rules(SelectionRequest request) {
        try {
            return Objects.requireNonNull(plugin.rules(request), "a policy must not answer null");
        } catch (RuntimeException | LinkageError failed) {
            failures.increment();
            LOG.warn(
                    "The placement policy failed for {} in {}; everything is allowed.",
                    request.endpoint(),
                    request.room(),
                    failed);
            return PlacementRules.NONE;
        }
    }
}
