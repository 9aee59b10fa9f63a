package org.confocal.focus.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SourceOwner;
import org.confocal.strategy.EndpointId;

/**
 * What one receiver has still to be told of the sources of others (spec/03, section 8): the net difference between what it
 * was told and what is. Something that comes and goes before the queue is drained is never told.
 *
 * <p>An immutable value. It is bounded by itself: it holds at most what the receiver was told and what the conference has.
 * Changes must be given as {@link SourceChange.Accepted} reports them, all filtered alike or not at all.
 *
 * @param removed what the receiver was told and is gone
 * @param added what the receiver was not told and is there
 */
public record SourceQueue(Map<EndpointId, EndpointSources> removed, Map<EndpointId, EndpointSources> added) {
    public static final SourceQueue EMPTY = new SourceQueue(Map.of(), Map.of());

    public SourceQueue {
        removed = copy(removed);
        added = copy(added);
    }

    /** Sources that came. */
    public SourceQueue add(EndpointId owner, EndpointSources sources) {
        EndpointSources gone = removed.getOrDefault(owner, EndpointSources.EMPTY);
        EndpointSources come = added.getOrDefault(owner, EndpointSources.EMPTY);
        return with(owner, SourceSets.minus(gone, sources), SourceSets.plus(come, SourceSets.minus(sources, gone)));
    }

    /** Sources that went. */
    public SourceQueue remove(EndpointId owner, EndpointSources sources) {
        EndpointSources gone = removed.getOrDefault(owner, EndpointSources.EMPTY);
        EndpointSources come = added.getOrDefault(owner, EndpointSources.EMPTY);
        return with(owner, SourceSets.plus(gone, SourceSets.minus(sources, come)), SourceSets.minus(come, sources));
    }

    /**
     * Forgets an owner that left the room: clients clean up by themselves then (spec/03, section 8), so that neither its
     * additions nor its removals are told any more.
     */
    public SourceQueue forget(EndpointId owner) {
        return with(owner, EndpointSources.EMPTY, EndpointSources.EMPTY);
    }

    /** Whether there is nothing to tell. */
    public boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }

    /** Everything that is to be told now, and the queue without it. */
    public Drained drain() {
        return new Drained(new Batch(owned(removed), owned(added)), EMPTY);
    }

    /**
     * What to tell: first the removal, then the addition, each only where it is not empty. An SSRC that changed its owner or
     * its attributes is in both.
     */
    public record Batch(OwnedSources removed, OwnedSources added) {
        public boolean isEmpty() {
            return removed.isEmpty() && added.isEmpty();
        }
    }

    /** The outcome of {@link #drain()}. */
    public record Drained(Batch batch, SourceQueue next) {}

    private SourceQueue with(EndpointId owner, EndpointSources gone, EndpointSources come) {
        Map<EndpointId, EndpointSources> nextRemoved = new LinkedHashMap<>(removed);
        Map<EndpointId, EndpointSources> nextAdded = new LinkedHashMap<>(added);
        nextRemoved.put(owner, gone);
        nextAdded.put(owner, come);
        return new SourceQueue(nextRemoved, nextAdded);
    }

    private static Map<EndpointId, EndpointSources> copy(Map<EndpointId, EndpointSources> sources) {
        Map<EndpointId, EndpointSources> copy = new LinkedHashMap<>(sources);
        copy.values().removeIf(EndpointSources::isEmpty);
        return Collections.unmodifiableMap(copy);
    }

    private static OwnedSources owned(Map<EndpointId, EndpointSources> sources) {
        List<OwnedSources.Entry> entries = new ArrayList<>(sources.size());
        sources.forEach((id, each) -> entries.add(new OwnedSources.Entry(new SourceOwner.Endpoint(id), each)));
        return new OwnedSources(entries);
    }
}
