package org.confocal.focus.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.confocal.focus.model.EndpointSources;

/** Union and difference of one owner's sources and groups, by equality. Order of arrival is kept. */
final class SourceSets {
    private SourceSets() {}

    static EndpointSources plus(EndpointSources left, EndpointSources right) {
        if (left.isEmpty()) {
            return right;
        }
        return new EndpointSources(union(left.sources(), right.sources()), union(left.groups(), right.groups()));
    }

    static EndpointSources minus(EndpointSources left, EndpointSources right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left;
        }
        return new EndpointSources(
                difference(left.sources(), right.sources()), difference(left.groups(), right.groups()));
    }

    private static <T> List<T> union(Collection<T> left, Collection<T> right) {
        Set<T> all = new LinkedHashSet<>(left);
        all.addAll(right);
        return new ArrayList<>(all);
    }

    private static <T> List<T> difference(Collection<T> left, Collection<T> right) {
        Set<T> gone = new HashSet<>(right);
        return left.stream().filter(each -> !gone.contains(each)).toList();
    }
}
