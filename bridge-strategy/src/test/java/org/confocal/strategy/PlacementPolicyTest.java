package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.noBridges;
import static org.confocal.strategy.StrategyFixture.on;
import static org.confocal.strategy.StrategyFixture.request;
import static org.confocal.strategy.StrategyFixture.shape;
import static org.confocal.strategy.StrategyFixture.usable;
import static org.confocal.strategy.StrategyFixture.use;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.PlacementRules.MaxPeople;
import org.confocal.strategy.PlacementRules.Pools;
import org.confocal.strategy.PlacementRules.Regions;
import org.confocal.strategy.PlacementRules.Rule;
import org.confocal.strategy.PlacementRules.Verdict;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.Selection.None;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.confocal.strategy.choice.PlacementPolicies;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.junit.jupiter.api.Test;

class PlacementPolicyTest {
    private static final FleetConfig CONFIG = new FleetConfig(
            FleetConfig.DEFAULTS.stressSource(),
            FleetConfig.DEFAULTS.maxPacketRate(),
            List.of(new BridgeClass(
                    "static", Optional.empty(), Optional.of(Pattern.compile(".*/jvb[12]")), OptionalDouble.empty())),
            FleetConfig.DEFAULTS.averageParticipantStress(),
            FleetConfig.DEFAULTS.rampup(),
            FleetConfig.DEFAULTS.stressThreshold(),
            FleetConfig.DEFAULTS.failureReset());
    /** jvb1 and jvb2 are of the class "static"; jvb4 reports no region. */
    private static final FleetSnapshot FLEET = FleetSnapshot.empty(CONFIG)
            .reported(id("jvb1"), usable("region", "us", "stress_level", "0.1"), NOW)
            .reported(id("jvb2"), usable("region", "eu", "stress_level", "0.2"), NOW)
            .reported(id("jvb3"), usable("region", "eu", "stress_level", "0.3"), NOW)
            .reported(id("jvb4"), usable("stress_level", "0.4"), NOW);

    private static Regions regions(Verdict verdict, String region) {
        return new Regions(verdict, Set.of(new Region(region)), "regions");
    }

    private static Pools pools(Verdict verdict, String pool) {
        return new Pools(verdict, Set.of(pool), "pools");
    }

    @Test
    void whatIsDeniedIsLeftOutWithItsReason() {
        Chosen chosen = chosen(noBridges(), regions(Verdict.DENY, "us"));

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rule()).startsWith("not everywhere by policy (regions): ");
        assertThat(chosen.why().rejected()).containsExactly(new Rejected(id("jvb1"), Rejection.DENIED_BY_POLICY));
    }

    @Test
    void onlyWhatIsAllowedIsTaken() {
        assertThat(chosen(noBridges(), regions(Verdict.ALLOW_ONLY, "eu")).bridge())
                .isEqualTo(id("jvb2"));
        assertThat(chosen(noBridges(), pools(Verdict.ALLOW_ONLY, "static")).bridge())
                .isEqualTo(id("jvb1"));
        assertThat(chosen(noBridges(), pools(Verdict.DENY, "static")).bridge()).isEqualTo(id("jvb3"));
        assertThat(chosen(noBridges(), pools(Verdict.DENY, "static"), regions(Verdict.DENY, "eu"))
                        .bridge())
                .isEqualTo(id("jvb4"));
    }

    @Test
    void aBridgeWithoutRegionOrPoolIsNotAllowedByAListAndNotDeniedByOne() {
        assertThat(chosen(noBridges(), regions(Verdict.DENY, "eu"), regions(Verdict.DENY, "us"))
                        .bridge())
                .isEqualTo(id("jvb4"));
        assertThat(refused(noBridges(), regions(Verdict.ALLOW_ONLY, "eu"), pools(Verdict.ALLOW_ONLY, "cloud"))
                        .reason())
                .isEqualTo(Refusal.DENIED_BY_POLICY);
    }

    @Test
    void nothingLeftIsARefusalWithAllReasons() {
        None none = refused(noBridges(), regions(Verdict.ALLOW_ONLY, "eu"), pools(Verdict.ALLOW_ONLY, "cloud"));

        assertThat(none.why().rule())
                .isEqualTo("not everywhere by policy (regions; pools): the policy allows no usable bridge");
        assertThat(none.why().rejected())
                .hasSize(4)
                .allSatisfy(rejected -> assertThat(rejected.reason()).isEqualTo(Rejection.DENIED_BY_POLICY));
    }

    @Test
    void anAllowedBridgeThatFailedLatelyComesBeforeADeniedOne() {
        Selection selection = pipeline(regions(Verdict.ALLOW_ONLY, "us"))
                .select(request(noBridges(), NOW), FLEET.failed(id("jvb1"), NOW));

        assertThat(((Chosen) selection).bridge()).isEqualTo(id("jvb1"));
        assertThat(((Chosen) selection).why().rule()).contains("last resort, failed lately: ");
    }

    @Test
    void whoMustGoWhereThePolicyDoesNotAllowIsRefused() {
        None none = refused(on("jvb1"), regions(Verdict.DENY, "us"));

        assertThat(none.reason()).isEqualTo(Refusal.DENIED_BY_POLICY);
        assertThat(none.why().rule()).contains("must stay on its bridge").endsWith(": regions");
        assertThat(chosen(on("jvb3"), regions(Verdict.DENY, "us")).bridge()).isEqualTo(id("jvb3"));
    }

    @Test
    void aFullRoomIsRefused() {
        MaxPeople three = new MaxPeople(3, "free plan");
        ConferenceShape two = shape(use("jvb1", Audience.PARTICIPANT, 2));
        ConferenceShape spread = shape(use("jvb1", Audience.PARTICIPANT, 2), use("jvb2", Audience.VISITOR, 1));

        assertThat(chosen(two, three).bridge()).isEqualTo(id("jvb1"));
        assertThat(refused(spread, three).reason()).isEqualTo(Refusal.DENIED_BY_POLICY);
        assertThat(refused(spread, three).why().rule()).endsWith("no more people: free plan");
        assertThat(refused(noBridges(), new MaxPeople(0, "closed")).reason()).isEqualTo(Refusal.DENIED_BY_POLICY);
        assertThatThrownBy(() -> new MaxPeople(-1, "nobody")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPolicySeesTheRequest() {
        List<SelectionRequest> seen = new ArrayList<>();
        PlacementPolicy policy = request -> {
            seen.add(request);
            return PlacementRules.NONE;
        };
        SelectionRequest request = request(on("jvb1"), NOW, "eu");

        new SelectionPipeline(SelectionConfig.DEFAULTS, new SingleBridgeSelectionStrategy(), policy)
                .select(request, FLEET);

        assertThat(seen).containsExactly(request);
    }

    @Test
    void aPolicyIsFoundByItsClassName() {
        assertThat(PlacementPolicies.named(Everywhere.class.getName())).isInstanceOf(Everywhere.class);
        assertThatThrownBy(() -> PlacementPolicies.named("org.example.Missing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown placement policy 'org.example.Missing': there is no class of that name that can be"
                        + " loaded.");
        assertThatThrownBy(() -> PlacementPolicies.named("java.lang.String"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not implement org.confocal.strategy.PlacementPolicy");
    }

    /** Allows all. */
    public static final class Everywhere implements PlacementPolicy {
        public Everywhere() {}

        @Override
        public PlacementRules rules(SelectionRequest request) {
            return PlacementRules.NONE;
        }
    }

    private static SelectionPipeline pipeline(Rule... rules) {
        return new SelectionPipeline(
                SelectionConfig.DEFAULTS,
                new SingleBridgeSelectionStrategy(),
                request -> new PlacementRules(List.of(rules)));
    }

    private static Chosen chosen(ConferenceShape shape, Rule... rules) {
        Selection selection = pipeline(rules).select(request(shape, NOW), FLEET);
        assertThat(selection).isInstanceOf(Chosen.class);
        return (Chosen) selection;
    }

    private static None refused(ConferenceShape shape, Rule... rules) {
        Selection selection = pipeline(rules).select(request(shape, NOW), FLEET);
        assertThat(selection).isInstanceOf(None.class);
        return (None) selection;
    }
}
