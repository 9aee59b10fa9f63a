package org.confocal.focus.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;

/**
 * What of the conference's sources a receiver is shown (spec/03, section 2.5). Pure; a change filtered on its own gives what
 * that change means for the receiver.
 */
public final class SourceFilter {
    private SourceFilter() {}

    /** What becomes of simulcast. */
    public enum Simulcast {
        /** Every layer is shown. */
        KEPT,
        /** The first SSRC of a simulcast group and its retransmission stand for all layers, as the bridge rewrites to them. */
        STRIPPED
    }

    /** Sources of the media the receiver supports; owners of whom nothing is left are not listed. */
    public static OwnedSources forReceiver(OwnedSources sources, Set<Feature> features, Simulcast simulcast) {
        List<OwnedSources.Entry> shown = new ArrayList<>();
        for (OwnedSources.Entry entry : sources.entries()) {
            EndpointSources left = forReceiver(entry.sources(), features, simulcast);
            if (!left.isEmpty()) {
                shown.add(new OwnedSources.Entry(entry.owner(), left));
            }
        }
        return new OwnedSources(shown);
    }

    /** Likewise for one owner; empty where nothing is left. */
    public static EndpointSources forReceiver(EndpointSources sources, Set<Feature> features, Simulcast simulcast) {
        EndpointSources supported = new EndpointSources(
                sources.sources().stream()
                        .filter(source -> supports(features, source.media()))
                        .toList(),
                sources.groups().stream()
                        .filter(group -> supports(features, group.media()))
                        .toList());
        return switch (simulcast) {
            case KEPT -> supported;
            case STRIPPED -> stripped(supported);
        };
    }

    private static boolean supports(Set<Feature> features, MediaType media) {
        return switch (media) {
            case AUDIO -> features.contains(Feature.AUDIO);
            case VIDEO -> features.contains(Feature.VIDEO);
        };
    }

    private static EndpointSources stripped(EndpointSources sources) {
        Set<Ssrc> hidden = hiddenLayers(sources.groups());
        return new EndpointSources(
                sources.sources().stream()
                        .filter(source -> !hidden.contains(source.ssrc()))
                        .toList(),
                sources.groups().stream()
                        .filter(group -> group.semantics() != SourceGroup.Semantics.SIM)
                        .filter(group -> group.ssrcs().stream().noneMatch(hidden::contains))
                        .toList());
    }

    private static Set<Ssrc> hiddenLayers(List<SourceGroup> groups) {
        Set<Ssrc> layers = new HashSet<>();
        for (SourceGroup group : groups) {
            if (group.semantics() == SourceGroup.Semantics.SIM) {
                group.ssrcs().stream().skip(1).forEach(layers::add);
            }
        }
        Set<Ssrc> hidden = new HashSet<>(layers);
        for (SourceGroup group : groups) {
            if (group.semantics() == SourceGroup.Semantics.FID
                    && group.ssrcs().stream()
                            .findFirst()
                            .filter(layers::contains)
                            .isPresent()) {
                hidden.addAll(group.ssrcs());
            }
        }
        return hidden;
    }
}
