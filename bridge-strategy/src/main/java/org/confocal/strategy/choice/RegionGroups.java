package org.confocal.strategy.choice;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.confocal.strategy.Region;

/** Regions that count as near each other ({@code bridge.region-groups}). A region that is not listed is a group of its own. */
public final class RegionGroups {
    /** No region is near another. */
    public static final RegionGroups NONE = RegionGroups.of(List.of());

    /** Those of Jitsi's own service (placement.md, section 0.7), in the names of AWS and of Oracle Cloud. */
    public static final RegionGroups JITSI = RegionGroups.of(List.of(
            regions(
                    "eu-central-1",
                    "eu-west-1",
                    "eu-west-2",
                    "eu-west-3",
                    "eu-north-1",
                    "uk-london-1",
                    "eu-frankfurt-1",
                    "eu-amsterdam-1"),
            regions("us-east-1", "us-west-2", "us-ashburn-1", "us-phoenix-1"),
            regions("ap-south-1", "ap-northeast-1", "ap-mumbai-1", "ap-tokyo-1")));

    private final Map<Region, Set<Region>> groups;

    private RegionGroups(Map<Region, Set<Region>> groups) {
        this.groups = groups;
    }

    /**
     * @param groups regions of each group
     * @throws IllegalArgumentException where a region stands in two groups
     */
    public static RegionGroups of(Collection<? extends Collection<Region>> groups) {
        Map<Region, Set<Region>> byRegion = new HashMap<>();
        for (Collection<Region> group : groups) {
            Set<Region> members = Set.copyOf(group);
            for (Region region : members) {
                if (byRegion.put(region, members) != null) {
                    throw new IllegalArgumentException("region " + region + " stands in two groups");
                }
            }
        }
        return new RegionGroups(byRegion);
    }

    private static List<Region> regions(String... names) {
        return List.of(names).stream().map(Region::new).toList();
    }

    /** The regions of a region's group, itself included. */
    public Set<Region> of(Region region) {
        Set<Region> group = groups.get(region);
        return group == null ? Set.of(region) : group;
    }

    /** Whether both are the same or in one group. */
    public boolean near(Region a, Region b) {
        Set<Region> group = groups.get(a);
        return group == null ? a.equals(b) : group.contains(b);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegionGroups that && groups.equals(that.groups);
    }

    @Override
    public int hashCode() {
        return groups.hashCode();
    }

    @Override
    public String toString() {
        return Set.copyOf(groups.values()).toString();
    }
}
