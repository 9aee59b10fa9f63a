package org.confocal.strategy;

/**
 * What the selection may do, whatever the strategy.
 *
 * @param octoEnabled whether a conference may be spread over several bridges ({@code octo.enabled})
 * @param allowMixedVersions whether bridges of different versions may carry one conference
 *     ({@code octo.allow-mixed-versions})
 */
public record SelectionConfig(boolean octoEnabled, boolean allowMixedVersions) {
    public static final SelectionConfig DEFAULTS = new SelectionConfig(false, false);
}
