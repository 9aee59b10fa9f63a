package org.confocal.strategy.cascade;

import java.util.List;

/** Decides how the bridges of a conference are linked. Pure: the same arguments, the same cascade. */
public interface CascadePlanner {

    /**
     * The cascade that is best for these bridges, whatever there is now.
     *
     * @param members in the order in which they joined the conference; no bridge twice
     */
    Cascade plan(List<CascadeMember> members);

    /**
     * The cascade for these bridges that is nearest to the present one: no link between two that stay is touched; where those
     * that go leave gaps, the fewest links that close them are added; and those that come are linked one by one.
     *
     * @param members all that are wanted; those of the present cascade that are missing here go, the new ones come
     */
    Cascade adapt(Cascade present, List<CascadeMember> members);

    /** What would have to change for the best cascade. Whether that is worth it, the caller decides. */
    default CascadeChange replan(Cascade present, List<CascadeMember> members) {
        return present.changeTo(plan(members));
    }
}
