package org.confocal.strategy.network;

/** What traffic costs and how long it takes. */
public record Network(EgressPrices prices, RoundTrips roundTrips) {

    /** AWS prices and the shipped round trips. */
    public static Network shipped() {
        return new Network(EgressPrices.aws(), RoundTrips.shipped());
    }
}
