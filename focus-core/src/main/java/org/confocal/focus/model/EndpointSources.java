package org.confocal.focus.model;

import java.util.List;

/** The sources and groups of one owner, in the order in which they were signalled. */
public record EndpointSources(List<Source> sources, List<SourceGroup> groups) {
    public static final EndpointSources EMPTY = new EndpointSources(List.of(), List.of());

    public EndpointSources {
        sources = List.copyOf(sources);
        groups = List.copyOf(groups);
    }

    public boolean isEmpty() {
        return sources.isEmpty() && groups.isEmpty();
    }
}
