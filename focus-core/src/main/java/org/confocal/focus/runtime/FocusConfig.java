package org.confocal.focus.runtime;

import java.util.Optional;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.SelectionConfig;

/**
 * How a focus behaves. All of it is fixed for its life.
 *
 * @param authentication empty where everybody may open rooms; {@code conference} should make owners accordingly
 */
public record FocusConfig(
        ConferenceConfig conference,
        Optional<AuthenticationConfig> authentication,
        FleetConfig fleet,
        SelectionConfig selection,
        BridgeSelectionStrategy strategy,
        PlacementPolicy policy,
        BridgeCareConfig bridges,
        FocusLimits limits) {}
