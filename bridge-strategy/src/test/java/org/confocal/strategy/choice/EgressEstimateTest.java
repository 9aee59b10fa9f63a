package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeCondition;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.cascade.Link;
import org.confocal.strategy.choice.EgressEstimate.Usd;
import org.confocal.strategy.network.EgressPrices;
import org.junit.jupiter.api.Test;

class EgressEstimateTest {
    private static final Offset<Double> EXACTLY = within(1e-12);
    private static final BridgeId A = new BridgeId("brewery@internal.example.org/a");
    private static final BridgeId B = new BridgeId("brewery@internal.example.org/b");
    private static final BridgeId C = new BridgeId("brewery@internal.example.org/c");
    private static final BridgeKind EU = new BridgeKind(Optional.of(new Region("eu")), Optional.empty());
    private static final BridgeKind US = new BridgeKind(Optional.of(new Region("us")), Optional.empty());

    /** One Mbit/s of sound, a stage of 3 Mbit/s, thumbnails of 1 Mbit/s. */
    private static final MediaRates MEDIA = new MediaRates(1, 3, 1, 25);

    private static final EgressEstimate ESTIMATE = new EgressEstimate(EgressPrices.flat(0.1, 0.02), MEDIA, List.of());

    @Test
    void everybodyReceivesWhatTheOthersSend() {
        // Two people, both with sound and picture: each gets 1 of sound, 3 + 1 of picture.
        Map<BridgeId, Usd> usd = ESTIMATE.of(conference(use(A, 2, 2, 2)), List.of(), Map.of(A, EU));
        assertThat(of(usd, A).toParticipants()).isEqualTo(2 * 5 * 0.45 * 0.1, EXACTLY);
        assertThat(of(usd, A).toBridges()).isZero();
    }

    @Test
    void somebodyAloneCostsNothing() {
        Map<BridgeId, Usd> usd = ESTIMATE.of(conference(use(A, 1, 1, 1)), List.of(), Map.of(A, EU));
        assertThat(of(usd, A).total()).isZero();
    }

    @Test
    void relaysCarryWhatIsSentBehindThem() {
        // A - B - C: what A's people send leaves A once and B once.
        List<Link> links = List.of(Link.alone(A, B), Link.alone(B, C));
        Map<BridgeId, Usd> usd = ESTIMATE.of(
                conference(use(A, 1, 1, 0), use(B, 1, 0, 0), use(C, 1, 0, 0)),
                links,
                Map.of(A, EU, B, US, C, new BridgeKind(Optional.of(new Region("ap")), Optional.empty())));
        assertThat(of(usd, A).toBridges()).isEqualTo(1 * 0.45 * 0.02, EXACTLY);
        assertThat(of(usd, B).toBridges()).isEqualTo(1 * 0.45 * 0.02, EXACTLY);
        assertThat(of(usd, C).toBridges()).isZero();
    }

    @Test
    void betweenBridgesOfOneRegionTrafficIsFree() {
        Map<BridgeId, Usd> usd = ESTIMATE.of(
                conference(use(A, 1, 1, 1), use(B, 1, 1, 1)), List.of(Link.alone(A, B)), Map.of(A, EU, B, EU));
        assertThat(of(usd, A).toBridges()).isZero();
        assertThat(of(usd, A).toParticipants()).isPositive();
    }

    @Test
    void bridgesThatAreGoneAreLeftOut() {
        Map<BridgeId, Usd> usd =
                ESTIMATE.of(conference(use(A, 1, 1, 1), use(B, 1, 1, 1)), List.of(Link.alone(A, B)), Map.of(A, EU));
        assertThat(usd).containsOnlyKeys(A);
        assertThat(of(usd, A).toBridges()).isZero();
    }

    @Test
    void bridgesOfAClassAreOfAKindOfTheirOwn() {
        BridgeClass cheap = new BridgeClass(
                "cheap", Optional.empty(), Optional.of(Pattern.compile(".*/a")), java.util.OptionalDouble.empty());
        EgressEstimate estimate = new EgressEstimate(EgressPrices.flat(0.1, 0.02), MEDIA, List.of(cheap));
        assertThat(estimate.kind(bridge(A)).bridgeClass()).contains("cheap");
        assertThat(estimate.kind(bridge(B)).bridgeClass()).isEmpty();
    }

    private static Usd of(Map<BridgeId, Usd> usd, BridgeId bridge) {
        return usd.getOrDefault(bridge, Usd.NOTHING);
    }

    private static BridgeSnapshot bridge(BridgeId id) {
        return new BridgeSnapshot(id, Instant.EPOCH, Instant.EPOCH, BridgeReport.EMPTY, BridgeCondition.GOOD);
    }

    private static BridgeUse use(BridgeId bridge, int people, int audio, int video) {
        List<RegionCount> counts = List.of(new RegionCount(Optional.of(new Region("eu")), people));
        return new BridgeUse(bridge, Audience.PARTICIPANT, counts, audio, video);
    }

    private static ConferenceShape conference(BridgeUse... uses) {
        return new ConferenceShape(Instant.EPOCH, List.of(uses), JoinRate.NONE, Optional.empty());
    }
}
