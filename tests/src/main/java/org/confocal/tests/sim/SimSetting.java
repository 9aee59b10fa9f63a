package org.confocal.tests.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceMachine;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.CascadeConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.ConferenceConfig.Octo;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.config.IceFailureConfig;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.config.PlannedMovesConfig;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.focus.runtime.FocusConfig;
import org.confocal.focus.runtime.FocusLimits;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.CascadeMember;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.cascade.FullMesh;
import org.confocal.strategy.cascade.Link;
import org.confocal.strategy.cascade.RegionGateways;
import org.confocal.strategy.cascade.RegionMeshes;
import org.confocal.strategy.choice.EgressAwareConfig;
import org.confocal.strategy.choice.MediaRates;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.confocal.strategy.choice.SplitBridgeSelectionStrategy;

/**
 * How the focus of one seed is configured: every fourth keeps each conference on one bridge, the others spread them; how bridges
 * are checked, how and how fast people are moved, and whether load is redistributed is drawn.
 *
 * @param budget how fast people may be moved
 * @param brewery whether bridges are on the stream of the rooms or have their own
 */
record SimSetting(FocusConfig focus, CascadeConfig cascades, MoveConfig budget, Brewery brewery) {

    /** Over which stream bridges are reached. */
    enum Brewery {
        SHARED,
        OWN_STREAM
    }

    private static final Duration CHECKED_EVERY = Duration.ofSeconds(10);
    private static final Duration SECOND_CHANCE = Duration.ofSeconds(5);
    private static final List<HealthCheckConfig> CHECKS = List.of(
            HealthCheckConfig.DEFAULTS,
            new HealthCheckConfig(true, CHECKED_EVERY, SECOND_CHANCE, true, Duration.ofSeconds(12)),
            new HealthCheckConfig(true, CHECKED_EVERY, Duration.ZERO, false, Duration.ofSeconds(45)));

    /** The usual pace never holds a handful of people up. */
    private static final List<MoveConfig> PACES = List.of(MoveConfig.DEFAULTS, new MoveConfig(3, 2, 0.4, 0.2));

    private static final RedistributionConfig EAGER =
            new RedistributionConfig(true, Duration.ofSeconds(5), 0.15, Duration.ofSeconds(20), 3);
    private static final IceFailureConfig WARY =
            new IceFailureConfig(true, Duration.ofSeconds(30), 2, 0.4, Duration.ofSeconds(15));

    private static final ConferenceConfig.Reinvites REPLACING = new ConferenceConfig.Reinvites(
            20, Duration.ofMillis(100), ConferenceConfig.ReinviteMethod.REPLACE_TRANSPORT);

    static SimSetting of(long seed) {
        return switch (Math.floorMod(seed, 8)) {
            case 0, 4 ->
                setting(
                        seed,
                        ConferenceConfig.DEFAULTS,
                        CascadeConfig.FULL_MESH,
                        SelectionConfig.DEFAULTS,
                        new SingleBridgeSelectionStrategy());
            case 1, 5 -> spread(seed, new FullMesh());
            case 2 -> spread(seed, new RegionMeshes());
            case 3 -> spread(seed, new RegionGateways());
            case 6 -> spread(seed, EgressAwareConfig.defaults().cascades());
            default -> spread(seed, new Restless(seed));
        };
    }

    /** The machine of the conferences. */
    Machine<ConferenceState, ConferenceInput> machine() {
        return new ConferenceMachine(focus.conference(), cascades);
    }

    private static SimSetting spread(long seed, CascadePlanner planner) {
        // Its complement, so that this does not follow what else is drawn from the seed.
        boolean mixed = new SplittableRandom(~seed).nextBoolean();
        return setting(
                seed,
                ConferenceConfig.DEFAULTS.with(new Octo(true, false)),
                new CascadeConfig(planner, List.of(), MediaRates.DEFAULTS),
                new SelectionConfig(true, mixed),
                new SplitBridgeSelectionStrategy());
    }

    private static SimSetting setting(
            long seed,
            ConferenceConfig conference,
            CascadeConfig cascades,
            SelectionConfig selection,
            BridgeSelectionStrategy strategy) {
        SplittableRandom random = new SplittableRandom(~seed).split();
        BridgeCareConfig care = new BridgeCareConfig(
                CHECKS.get(random.nextInt(CHECKS.size())),
                PACES.get(random.nextInt(PACES.size())),
                random.nextBoolean() && !Chaos.isUnnoticed(seed) ? EAGER : RedistributionConfig.DEFAULTS,
                random.nextBoolean() ? WARY : IceFailureConfig.DEFAULTS,
                PlannedMovesConfig.NONE,
                false);
        FocusConfig focus = new FocusConfig(
                random.nextInt(3) == 0 ? conference.with(REPLACING) : conference,
                Optional.empty(),
                FleetConfig.DEFAULTS,
                selection,
                strategy,
                PlacementPolicy.ALLOW_ALL,
                care,
                FocusLimits.DEFAULTS);
        return new SimSetting(
                focus, cascades, care.moves(), random.nextInt(3) == 0 ? Brewery.OWN_STREAM : Brewery.SHARED);
    }

    /** Links all anew whenever a bridge comes or goes, as no real planner does: a tree that says nothing of the one before. */
    private record Restless(long seed) implements CascadePlanner {
        @Override
        public Cascade plan(List<CascadeMember> members) {
            List<BridgeId> bridges = members.stream().map(CascadeMember::bridge).toList();
            SplittableRandom random = new SplittableRandom(seed + bridges.hashCode());
            List<Link> links = new ArrayList<>();
            for (int i = 1; i < bridges.size(); i++) {
                links.add(Link.alone(bridges.get(i), bridges.get(random.nextInt(i))));
            }
            return Cascade.of(bridges, links);
        }

        @Override
        public Cascade adapt(Cascade present, List<CascadeMember> members) {
            return plan(members);
        }
    }
}
