package org.confocal.strategy.cascade;

import java.util.List;
import org.confocal.strategy.network.Network;

/**
 * What the relays of a conference cost, and what they add to the way between people. Everything that the endpoints of a bridge
 * send, every active layer of it, crosses a link towards every other bridge (placement.md, section 0.10); so the traffic of all
 * cascades of the same bridges is the same, and only where it leaves from, and with that its price, differs.
 *
 * @param usdPerHour of all relays together
 * @param meanRoundTripMs between the bridges of two people who hear each other, over all such pairs; pairs on one bridge
 *     count with 0; 0 where there are no pairs
 * @param maxRoundTripMs of the pair of bridges, both with people who hear each other, that is furthest apart
 */
public record RelayCost(double usdPerHour, double meanRoundTripMs, double maxRoundTripMs) {

    /**
     * Of this cascade.
     *
     * @param members at least those of the cascade; refused if one is missing
     */
    public static RelayCost of(Cascade cascade, List<CascadeMember> members, Network network) {
        return CascadeBooks.of(cascade, members, network).cost();
    }
}
