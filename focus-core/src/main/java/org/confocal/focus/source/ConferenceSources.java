package org.confocal.focus.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.model.Ssrc;
import org.confocal.strategy.EndpointId;

/**
 * The sources of every endpoint of a conference. Decides whether an endpoint's change is valid (spec/03, section 7): one
 * owner an SSRC, one owner an msid, groups that fit their sources, and no more than the limits.
 *
 * <p>An immutable value, safe on any thread. A change costs one pass over the sources of the conference and a copy of the
 * table of owners, whatever the number of sources in the change. How much is held is bounded by the limits times the
 * number of owners.
 *
 * @param byOwner in the order in which owners first sent something; an owner without sources is not listed
 */
public record ConferenceSources(Map<EndpointId, EndpointSources> byOwner) {
    public static final ConferenceSources EMPTY = new ConferenceSources(Map.of());

    public ConferenceSources {
        Map<EndpointId, EndpointSources> copy = new LinkedHashMap<>(byOwner);
        copy.values().removeIf(EndpointSources::isEmpty);
        byOwner = Collections.unmodifiableMap(copy);
    }

    /**
     * Adds what an endpoint offers in a session-accept or source-add. Empty and repeated groups are left out silently, and
     * so is a source that is written twice in the same way.
     *
     * @return accepted with what came, or rejected with a text of spec/03, section 7; checks are made in Jicofo's order
     */
    public SourceChange add(EndpointId owner, EndpointSources offered, SourceLimits limits) {
        EndpointSources present = of(owner);
        List<Source> sources = List.copyOf(new LinkedHashSet<>(offered.sources()));
        Optional<String> badSource = SourceChecks.sources(this, owner, sources, limits);
        if (badSource.isPresent()) {
            return new SourceChange.Rejected(badSource.get());
        }
        EndpointSources coming = new EndpointSources(sources, newGroups(present, offered));
        EndpointSources resulting = SourceSets.plus(present, coming);
        return SourceChecks.groups(present.groups(), coming.groups(), resulting.sources(), limits)
                .or(() -> SourceChecks.consistency(resulting))
                .<SourceChange>map(SourceChange.Rejected::new)
                .orElseGet(() -> new SourceChange.Accepted(with(owner, resulting), coming));
    }

    /**
     * Removes what an endpoint names in a source-remove. Only the SSRC of a source is compared. Groups that touch a removed
     * SSRC go with it.
     *
     * @return accepted with exactly what went, or rejected with a text of spec/03, section 7, also where what would be left
     *     is not valid by itself
     */
    public SourceChange remove(EndpointId owner, EndpointSources named) {
        EndpointSources present = of(owner);
        Set<Ssrc> owned = ssrcs(present.sources());
        Set<Ssrc> leaving = ssrcs(named.sources());
        Optional<Ssrc> unknown =
                leaving.stream().filter(ssrc -> !owned.contains(ssrc)).findFirst();
        if (unknown.isPresent()) {
            return new SourceChange.Rejected(
                    "Source does not exist or is not owned by endpoint (ssrc=" + unknown.get() + ").");
        }
        Set<SourceGroup> leavingGroups = new HashSet<>(named.groups());
        leavingGroups.removeIf(group -> group.ssrcs().isEmpty());
        if (!new HashSet<>(present.groups()).containsAll(leavingGroups)) {
            return new SourceChange.Rejected("Source group does not exist");
        }
        EndpointSources going = new EndpointSources(
                present.sources().stream()
                        .filter(source -> leaving.contains(source.ssrc()))
                        .toList(),
                present.groups().stream()
                        .filter(group -> leavingGroups.contains(group)
                                || group.ssrcs().stream().anyMatch(leaving::contains))
                        .toList());
        EndpointSources left = SourceSets.minus(present, going);
        return SourceChecks.consistency(left)
                .<SourceChange>map(SourceChange.Rejected::new)
                .orElseGet(() -> new SourceChange.Accepted(with(owner, left), going));
    }

    /** Without anything of an endpoint that left. */
    public ConferenceSources without(EndpointId owner) {
        return byOwner.containsKey(owner) ? with(owner, EndpointSources.EMPTY) : this;
    }

    /** What an endpoint sends; empty for one that sends nothing or is not known. */
    public EndpointSources of(EndpointId owner) {
        return byOwner.getOrDefault(owner, EndpointSources.EMPTY);
    }

    /** What everybody but one sends. */
    public OwnedSources except(EndpointId owner) {
        List<OwnedSources.Entry> others = new ArrayList<>(byOwner.size());
        byOwner.forEach((id, sources) -> {
            if (!id.equals(owner)) {
                others.add(new OwnedSources.Entry(new SourceOwner.Endpoint(id), sources));
            }
        });
        return new OwnedSources(others);
    }

    /** Whether nobody sends anything. */
    public boolean isEmpty() {
        return byOwner.isEmpty();
    }

    private ConferenceSources with(EndpointId owner, EndpointSources sources) {
        if (sources.equals(of(owner))) {
            return this;
        }
        Map<EndpointId, EndpointSources> next = new LinkedHashMap<>(byOwner);
        next.put(owner, sources);
        return new ConferenceSources(next);
    }

    private static List<SourceGroup> newGroups(EndpointSources present, EndpointSources offered) {
        Set<SourceGroup> known = new HashSet<>(present.groups());
        return offered.groups().stream()
                .filter(group -> !group.ssrcs().isEmpty())
                .filter(known::add)
                .toList();
    }

    private static Set<Ssrc> ssrcs(List<Source> sources) {
        Set<Ssrc> ssrcs = new LinkedHashSet<>();
        sources.forEach(source -> ssrcs.add(source.ssrc()));
        return ssrcs;
    }
}
