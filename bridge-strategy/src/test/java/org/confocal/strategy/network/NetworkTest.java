package org.confocal.strategy.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.Region;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Region VIRGINIA = new Region("us-east-1");
    private static final Region MUMBAI = new Region("ap-south-1");
    private static final Region HOME = new Region("home");

    private static BridgeKind in(Region region) {
        return new BridgeKind(Optional.of(region), Optional.empty());
    }

    private static BridgeKind in(Region region, String bridgeClass) {
        return new BridgeKind(Optional.of(region), Optional.of(bridgeClass));
    }

    @Test
    void theSenderPays() {
        EgressPrices aws = EgressPrices.aws();

        assertThat(aws.between(in(MUMBAI), in(VIRGINIA))).isEqualTo(0.086);
        assertThat(aws.between(in(VIRGINIA), in(MUMBAI))).isEqualTo(0.02);
        assertThat(aws.internet(in(MUMBAI))).isEqualTo(0.1093);
    }

    @Test
    void insideARegionItIsFree() {
        assertThat(EgressPrices.aws().between(in(MUMBAI), in(MUMBAI))).isZero();
        assertThat(EgressPrices.aws().between(in(HOME), in(HOME))).isZero();
    }

    @Test
    void aClassWithoutATariffPaysByRegion() {
        assertThat(EgressPrices.aws().between(in(MUMBAI, "large"), in(VIRGINIA)))
                .isEqualTo(0.086);
        assertThat(EgressPrices.aws().between(in(MUMBAI, "large"), in(MUMBAI))).isZero();
    }

    @Test
    void betweenProvidersTrafficCrossesTheInternet() {
        EgressPrices mixed = EgressPrices.aws().with("metal", new EgressPrices.Tariff(0.001, 0.002));

        assertThat(mixed.between(in(MUMBAI), in(MUMBAI, "metal"))).isEqualTo(0.1093);
        assertThat(mixed.between(in(MUMBAI, "metal"), in(MUMBAI))).isEqualTo(0.001);
        assertThat(mixed.between(in(MUMBAI, "metal"), in(VIRGINIA, "metal"))).isEqualTo(0.002);
        assertThat(mixed.between(in(MUMBAI, "metal"), in(MUMBAI, "metal"))).isZero();
        assertThat(mixed.internet(in(MUMBAI, "metal"))).isEqualTo(0.001);
    }

    @Test
    void aSiteOverridesPrices() {
        EgressPrices own = EgressPrices.aws().withInternet(MUMBAI, 0.05).withBetween(MUMBAI, VIRGINIA, 0.01);

        assertThat(own.internet(in(MUMBAI))).isEqualTo(0.05);
        assertThat(own.between(in(MUMBAI), in(VIRGINIA))).isEqualTo(0.01);
        assertThat(own.between(in(VIRGINIA), in(MUMBAI))).isEqualTo(0.02);
        assertThatThrownBy(() -> own.withInternet(MUMBAI, -1)).hasMessageContaining("0 to 100 $ per GB, not -1.0");
    }

    @Test
    void unknownRegionsHaveTheCommonPrice() {
        assertThat(EgressPrices.aws().internet(in(HOME))).isEqualTo(0.09);
        assertThat(EgressPrices.aws().internet(new BridgeKind(Optional.empty(), Optional.empty())))
                .isEqualTo(0.09);
        assertThat(EgressPrices.aws().between(in(HOME), in(MUMBAI))).isEqualTo(0.02);
    }

    @Test
    void otherProvidersPriceByContinent() {
        assertThat(EgressPrices.gcp().between(in(VIRGINIA), in(MUMBAI))).isEqualTo(0.08);
        assertThat(EgressPrices.gcp().between(in(MUMBAI), in(VIRGINIA))).isEqualTo(0.08);
        assertThat(EgressPrices.gcp().between(in(VIRGINIA), in(new Region("us-west-2"))))
                .isEqualTo(0.02);
        assertThat(EgressPrices.oci().between(in(MUMBAI), in(VIRGINIA))).isEqualTo(0.025);
        assertThat(EgressPrices.oci().between(in(VIRGINIA), in(MUMBAI))).isEqualTo(0.0085);
    }

    @Test
    void roundTripsAreMeasuredElseByDistanceElseAssumed() {
        RoundTrips shipped = RoundTrips.shipped();

        assertThat(shipped.millis(VIRGINIA, MUMBAI)).isEqualTo(185.9);
        assertThat(shipped.millis(HOME, HOME)).isEqualTo(RoundTrips.SAME_REGION_MS);
        assertThat(shipped.millis(HOME, MUMBAI)).isEqualTo(RoundTrips.UNKNOWN_MS);
        // Mumbai and Paris are some 7,000 km apart.
        assertThat(shipped.millis(MUMBAI, new Region("eu-west-3"))).isCloseTo(119, within(3.0));
        assertThat(shipped.millis(Optional.empty(), Optional.of(MUMBAI))).isEqualTo(RoundTrips.UNKNOWN_MS);
    }

    @Test
    void aSiteAddsItsOwnPlacesAndMeasurements() {
        RoundTrips own =
                RoundTrips.shipped().with(HOME, new Coordinates(19.1, 72.9)).with(HOME, VIRGINIA, 200);

        assertThat(own.millis(HOME, MUMBAI)).isEqualTo(RoundTrips.SAME_REGION_MS);
        assertThat(own.millis(VIRGINIA, HOME)).isEqualTo(200);
        assertThatThrownBy(() -> own.with(HOME, MUMBAI, Double.NaN)).hasMessageContaining("0 to 10000 ms");
    }

    @Test
    void shippedRoundTripsAreSymmetricEnough() {
        RoundTrips shipped = RoundTrips.shipped();
        KnownRegions.shipped()
                .places()
                .keySet()
                .forEach(a -> KnownRegions.shipped()
                        .places()
                        .keySet()
                        .forEach(b -> assertThat(shipped.millis(a, b))
                                .as(a + " - " + b)
                                .isCloseTo(shipped.millis(b, a), within(0.01))));
    }
}
