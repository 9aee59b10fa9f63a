package org.confocal.strategy.cascade;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.confocal.strategy.BridgeId;

/** Members by their bridge, in the order given; no bridge twice. */
final class CascadeMembers {
    private final Map<BridgeId, CascadeMember> members;

    CascadeMembers(List<CascadeMember> members) {
        this.members = new LinkedHashMap<>();
        for (CascadeMember member : members) {
            if (this.members.put(member.bridge(), member) != null) {
                throw new IllegalArgumentException(member.bridge() + " is listed twice");
            }
        }
    }

    boolean contains(BridgeId bridge) {
        return members.containsKey(bridge);
    }

    CascadeMember of(BridgeId bridge) {
        CascadeMember member = members.get(bridge);
        if (member == null) {
            throw new IllegalArgumentException("nothing is known of " + bridge);
        }
        return member;
    }

    List<CascadeMember> all() {
        return List.copyOf(members.values());
    }

    /** Those of the cascade, in its order; each must be known. */
    List<CascadeMember> of(Cascade cascade) {
        return cascade.bridges().stream().map(this::of).toList();
    }
}
