package org.confocal.strategy.cascade;

import java.util.ArrayList;
import java.util.List;

/** A planner that links one bridge after the other, and whose best cascade is what comes of that. */
abstract class StepwisePlanner implements CascadePlanner {

    /**
     * The present cascade with one bridge more.
     *
     * @param members knows all bridges of the present cascade and the newcomer
     */
    abstract Cascade attach(Cascade present, CascadeMember newcomer, CascadeMembers members);

    /** How bad it is to close a gap between these two; only the order matters. */
    abstract double gapCost(CascadeMember a, CascadeMember b);

    @Override
    public Cascade plan(List<CascadeMember> members) {
        return attachAll(Cascade.empty(), members, new CascadeMembers(members));
    }

    @Override
    public final Cascade adapt(Cascade present, List<CascadeMember> members) {
        CascadeMembers known = new CascadeMembers(members);
        Cascade repaired = repaired(present, known);
        return attachAll(
                repaired,
                members.stream()
                        .filter(member -> !repaired.contains(member.bridge()))
                        .toList(),
                known);
    }

    private Cascade repaired(Cascade present, CascadeMembers known) {
        List<CascadeMember> left = present.bridges().stream()
                .filter(known::contains)
                .map(known::of)
                .toList();
        if (left.size() == present.bridges().size()) {
            return present;
        }
        List<Link> links = new ArrayList<>(present.links().stream()
                .filter(link -> known.contains(link.a()) && known.contains(link.b()))
                .toList());
        links.addAll(Repair.missing(left, links, this::gapCost));
        return Cascade.of(left.stream().map(CascadeMember::bridge).toList(), links);
    }

    private Cascade attachAll(Cascade start, List<CascadeMember> newcomers, CascadeMembers known) {
        Cascade cascade = start;
        for (CascadeMember newcomer : newcomers) {
            cascade = attach(cascade, newcomer, known);
        }
        return cascade;
    }
}
