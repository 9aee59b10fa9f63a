package org.confocal.focus.config;

/**
 * What the focus does about bridges besides choosing among them.
 *
 * @param health how they are checked
 * @param moves how fast people are moved between them
 * @param redistribution when people are moved because a bridge carries too much
 * @param iceFailures when a bridge is taken to be one that clients cannot reach
 * @param plannedMoves which moves are planned, with a bridge for everybody who is moved
 * @param rateLimited whether the strategy limits how fast a conference comes to a bridge; then it is counted how often
 */
public record BridgeCareConfig(
        HealthCheckConfig health,
        MoveConfig moves,
        RedistributionConfig redistribution,
        IceFailureConfig iceFailures,
        PlannedMovesConfig plannedMoves,
        boolean rateLimited) {
    public static final BridgeCareConfig DEFAULTS = new BridgeCareConfig(
            HealthCheckConfig.DEFAULTS,
            MoveConfig.DEFAULTS,
            RedistributionConfig.DEFAULTS,
            IceFailureConfig.DEFAULTS,
            PlannedMovesConfig.NONE,
            false);
}
