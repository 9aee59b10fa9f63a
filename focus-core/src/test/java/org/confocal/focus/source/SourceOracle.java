package org.confocal.focus.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;
import org.confocal.strategy.EndpointId;

/**
 * The rules of spec/03, section 7 in the slowest and plainest way: do it to a flat list, then look whether the whole list is
 * still in order, and undo it if not.
 */
final class SourceOracle {
    private List<OwnedSource> sources = new ArrayList<>();
    private List<OwnedGroup> groups = new ArrayList<>();

    record OwnedSource(EndpointId owner, Source source) {}

    record OwnedGroup(EndpointId owner, SourceGroup group) {}

    /** Whether it was done. */
    boolean add(EndpointId owner, EndpointSources offered, SourceLimits limits) {
        List<OwnedSource> sourcesBefore = List.copyOf(sources);
        List<OwnedGroup> groupsBefore = List.copyOf(groups);
        for (Source source : new HashSet<>(offered.sources())) {
            sources.add(new OwnedSource(owner, source));
        }
        for (SourceGroup group : offered.groups()) {
            OwnedGroup owned = new OwnedGroup(owner, group);
            if (!group.ssrcs().isEmpty() && !groups.contains(owned)) {
                groups.add(owned);
            }
        }
        return keepIf(inOrder() && within(limits), sourcesBefore, groupsBefore);
    }

    /** Whether it was done. */
    boolean remove(EndpointId owner, EndpointSources named) {
        List<OwnedSource> sourcesBefore = List.copyOf(sources);
        List<OwnedGroup> groupsBefore = List.copyOf(groups);
        boolean known = true;
        for (SourceGroup group : named.groups()) {
            known &= group.ssrcs().isEmpty() || groupsBefore.contains(new OwnedGroup(owner, group));
            groups.remove(new OwnedGroup(owner, group));
        }
        for (Source source : named.sources()) {
            Ssrc ssrc = source.ssrc();
            known &= sourcesBefore.stream()
                    .anyMatch(each ->
                            each.owner.equals(owner) && each.source.ssrc().equals(ssrc));
            sources.removeIf(
                    each -> each.owner.equals(owner) && each.source.ssrc().equals(ssrc));
            groups.removeIf(
                    each -> each.owner.equals(owner) && each.group.ssrcs().contains(ssrc));
        }
        return keepIf(known && inOrder(), sourcesBefore, groupsBefore);
    }

    Set<OwnedSource> sources() {
        return Set.copyOf(sources);
    }

    Set<OwnedGroup> groups() {
        return Set.copyOf(groups);
    }

    private boolean keepIf(boolean fine, List<OwnedSource> sourcesBefore, List<OwnedGroup> groupsBefore) {
        if (!fine) {
            sources = new ArrayList<>(sourcesBefore);
            groups = new ArrayList<>(groupsBefore);
        }
        return fine;
    }

    private boolean within(SourceLimits limits) {
        for (OwnedSource any : sources) {
            long same = sources.stream()
                    .filter(each -> each.owner.equals(any.owner) && each.source.media() == any.source.media())
                    .count();
            if (same > limits.maxSsrcs()) {
                return false;
            }
        }
        for (OwnedGroup any : groups) {
            long same = groups.stream()
                    .filter(each -> each.owner.equals(any.owner) && each.group.media() == any.group.media())
                    .count();
            if (same > limits.maxGroups()) {
                return false;
            }
        }
        return true;
    }

    private boolean inOrder() {
        for (int i = 0; i < sources.size(); i++) {
            // By position, because the same source twice is not in order either.
            for (int j = 0; j < i; j++) {
                if (!fit(sources.get(i), sources.get(j))) {
                    return false;
                }
            }
        }
        return sources.stream().allMatch(each -> each.source.ssrc().valid())
                && groups.stream().allMatch(this::fits);
    }

    private boolean fit(OwnedSource one, OwnedSource other) {
        if (one.source.ssrc().equals(other.source.ssrc())) {
            return false;
        }
        if (one.source.msid().isEmpty() || !one.source.msid().equals(other.source.msid())) {
            return true;
        }
        return one.owner.equals(other.owner)
                && (one.source.media() != other.source.media()
                        || reached(one.owner, one.source.ssrc()).contains(other.source.ssrc()));
    }

    private Set<Ssrc> reached(EndpointId owner, Ssrc from) {
        Set<Ssrc> reached = new HashSet<>(Set.of(from));
        for (int i = 0; i < groups.size(); i++) {
            for (OwnedGroup each : groups) {
                if (each.owner.equals(owner) && each.group.ssrcs().stream().anyMatch(reached::contains)) {
                    reached.addAll(each.group.ssrcs());
                }
            }
        }
        return reached;
    }

    private boolean fits(OwnedGroup owned) {
        SourceGroup group = owned.group;
        List<Source> members = new ArrayList<>();
        for (Ssrc ssrc : group.ssrcs()) {
            MediaType media = group.media();
            sources.stream()
                    .filter(each -> each.owner.equals(owned.owner))
                    .map(OwnedSource::source)
                    .filter(each -> each.ssrc().equals(ssrc) && each.media() == media)
                    .findFirst()
                    .ifPresent(members::add);
        }
        return members.size() == group.ssrcs().size()
                && (group.semantics() == SourceGroup.Semantics.SIM || members.size() == 2)
                && members.stream().allMatch(each -> each.msid().isPresent())
                && members.stream().map(Source::msid).distinct().count() == 1;
    }
}
