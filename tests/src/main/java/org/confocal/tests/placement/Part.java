package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.Audience;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.jspecify.annotations.Nullable;

/** One bridge's part of a conference. Mutable. */
final class Part {
    final Machine machine;
    int people;
    int cameras;
    int microphones;
    int sharers;
    /** Where it is among the parts of its conference. */
    int position;
    /** What the conference costs that bridge now, in packets per second. */
    double packets;

    private final int[] byRegion;
    private @Nullable BridgeUse use;

    Part(Machine machine, int regions) {
        this.machine = machine;
        byRegion = new int[regions];
    }

    /** @param change 1 for somebody who comes, -1 for somebody who goes */
    void count(Person person, boolean shares, int region, int change) {
        people += change;
        cameras += person.video() ? change : 0;
        microphones += person.audio() ? change : 0;
        sharers += shares ? change : 0;
        byRegion[region] += change;
        use = null;
    }

    /** As the focus sees it. */
    BridgeUse use(Geography geography) {
        BridgeUse known = use;
        if (known == null) {
            List<RegionCount> counts = new ArrayList<>();
            for (int region = 0; region < byRegion.length; region++) {
                if (byRegion[region] > 0) {
                    counts.add(new RegionCount(Optional.of(geography.regions().get(region)), byRegion[region]));
                }
            }
            known = new BridgeUse(machine.id(), Audience.PARTICIPANT, counts, microphones, cameras);
            use = known;
        }
        return known;
    }
}
