package org.confocal.health;

import org.confocal.strategy.choice.EgressEstimate;

/**
 * What the dashboard must know of the configuration.
 *
 * @param octo whether a conference may be on several bridges ({@code jicofo.octo.enabled})
 * @param cascades whether the strategy makes use of that
 * @param mixedVersions whether bridges of different versions may carry one conference
 * @param egress what traffic costs
 */
public record SiteFacts(boolean octo, boolean cascades, boolean mixedVersions, EgressEstimate egress) {}
