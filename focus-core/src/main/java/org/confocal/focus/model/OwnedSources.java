package org.confocal.focus.model;

import java.util.List;

/** Sources of several owners, as an offer or a source-add carries them. One entry an owner, in order. */
public record OwnedSources(List<Entry> entries) {
    public static final OwnedSources EMPTY = new OwnedSources(List.of());

    public OwnedSources {
        entries = List.copyOf(entries);
    }

    public boolean isEmpty() {
        return entries.stream().allMatch(entry -> entry.sources().isEmpty());
    }

    /** One owner's sources. */
    public record Entry(SourceOwner owner, EndpointSources sources) {}
}
