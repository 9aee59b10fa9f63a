package org.confocal.tests.placement;

import java.util.List;

/**
 * What one strategy made of one workload.
 *
 * @param joined people who joined, whether a bridge was found or not
 * @param refused joins that no bridge was found for
 * @param moves people who were moved from a bridge that still ran
 * @param calls by the number of the meeting
 * @param busiestBridges the most bridges that one conference ever had
 * @param minutes the fleet minute by minute
 * @param portrait of the conference that was to be drawn; empty where none was
 */
record DayResult(
        String contender,
        int joined,
        int refused,
        int moves,
        Tally tally,
        Loads loads,
        List<CallResult> calls,
        int busiestBridges,
        List<Minute> minutes,
        Portrait portrait) {

    /** The fleet at a moment: true stress of all bridges together and of the hottest one, and what all egress costs. */
    record Minute(double meanStress, double highestStress, int people, double usdPerHour) {}

    double relayUsdPerPersonHour() {
        return tally.relayUsd / tally.personHours();
    }

    double totalUsdPerPersonHour() {
        return (tally.relayUsd + tally.internetUsd) / tally.personHours();
    }

    double internetUsdPerPersonHour() {
        return tally.internetUsd / tally.personHours();
    }

    /** Person to person, last miles included, in milliseconds; every person counts by its time. */
    double meanMs() {
        return tally.roundTripMsSum / tally.roundTripWeight + 2 * LastMile.meanMs();
    }

    /** The same where every pair counts by its time. */
    double pairMeanMs() {
        return tally.pairMsSum / tally.pairWeight + 2 * LastMile.meanMs();
    }

    /** Person to its bridge, last mile included, in milliseconds. */
    double hopMeanMs() {
        return tally.hopMsSum / tally.personMs + LastMile.meanMs();
    }

    double bridgesPerCall() {
        return tally.bridgeMs / tally.callMs;
    }

    double movesPer1000() {
        return 1000.0 * moves / joined;
    }
}
