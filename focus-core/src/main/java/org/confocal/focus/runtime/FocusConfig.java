package org.confocal.focus.runtime;

import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.SelectionConfig;

/** How a focus behaves. All of it is fixed for its life. */
public record FocusConfig(
        ConferenceConfig conference,
        FleetConfig fleet,
        SelectionConfig selection,
        BridgeSelectionStrategy strategy,
        PlacementPolicy policy,
        BridgeCareConfig bridges,
        FocusLimits limits) {}
