package org.confocal.focus.source;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;
import org.confocal.strategy.EndpointId;
import org.jspecify.annotations.Nullable;

/** The checks of spec/03, section 7. Each answers with the text of the first thing that is wrong, or with nothing. */
final class SourceChecks {
    /** The longest source name and msid, in characters. */
    static final int MAX_TEXT = 256;

    private static final int MAX_LISTED_SSRCS = 20;

    private SourceChecks() {}

    /** Whether sources may be added by an owner, each seen for itself and against the rest of the conference. */
    static Optional<String> sources(
            ConferenceSources conference, EndpointId owner, List<Source> offered, SourceLimits limits) {
        Map<MediaType, Integer> counts = countByMedia(conference.of(owner).sources(), offered);
        Conflicts conflicts = Conflicts.find(conference, owner, offered);
        Set<Ssrc> seen = new HashSet<>();
        for (Source source : offered) {
            Optional<String> refusal = unreadable(source);
            if (refusal.isPresent()) {
                return refusal;
            }
            // Jicofo lets one SSRC through that is signalled twice with different attributes; we do not, because it
            // would
            // have two meanings from then on.
            if (conflicts.ssrcs.contains(source.ssrc()) || !seen.add(source.ssrc())) {
                return Optional.of("SSRC is already used: " + source.ssrc() + ".");
            }
            if (source.msid().filter(conflicts.msids::contains).isPresent()) {
                return source.msid().map(SourceChecks::msidInUse);
            }
            if (counts.getOrDefault(source.media(), 0) > limits.maxSsrcs()) {
                return Optional.of("SSRC limit (" + limits.maxSsrcs() + ") exceeded.");
            }
        }
        return Optional.empty();
    }

    /** Whether groups may be added, given the sources the owner would then have. */
    static Optional<String> groups(
            List<SourceGroup> present, List<SourceGroup> coming, List<Source> resulting, SourceLimits limits) {
        Map<Ssrc, Source> bySsrc = bySsrc(resulting);
        for (SourceGroup group : coming) {
            // Jicofo does not compare the media; we do, so that a receiver without video never sees half a group.
            if (!group.ssrcs().stream().allMatch(ssrc -> isOf(group.media(), bySsrc.get(ssrc)))) {
                return Optional.of("An SSRC group contains an SSRC, which hasn't been signaled as a source: "
                        + listed(group) + ".");
            }
        }
        for (MediaType media : MediaType.values()) {
            if (groupsOf(media, coming) > 0
                    && groupsOf(media, present) + groupsOf(media, coming) > limits.maxGroups()) {
                return Optional.of("ssrc-group limit (" + limits.maxGroups() + ") exceeded.");
            }
        }
        return Optional.empty();
    }

    /** Whether the sources and groups of one owner fit together. Every grouped SSRC must have its source. */
    static Optional<String> consistency(EndpointSources sources) {
        Map<Ssrc, Source> bySsrc = bySsrc(sources.sources());
        for (SourceGroup group : sources.groups()) {
            Optional<String> refusal = inconsistent(group, bySsrc);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return sharedMsid(sources);
    }

    private static Optional<String> unreadable(Source source) {
        if (!source.ssrc().valid()) {
            return Optional.of("Invalid SSRC: " + source.ssrc() + ".");
        }
        // Jicofo copies both into the compact JSON as they are; we refuse what no browser sends.
        if (source.name().filter(SourceChecks::isUnfit).isPresent()) {
            return Optional.of("Invalid source name (ssrc=" + source.ssrc() + ").");
        }
        if (source.msid().filter(SourceChecks::isUnfit).isPresent()) {
            return Optional.of("Invalid MSID (ssrc=" + source.ssrc() + ").");
        }
        return Optional.empty();
    }

    private static boolean isUnfit(String text) {
        return text.length() > MAX_TEXT
                || text.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static Optional<String> inconsistent(SourceGroup group, Map<Ssrc, Source> bySsrc) {
        if (group.semantics() == SourceGroup.Semantics.FID && group.ssrcs().size() != 2) {
            return Optional.of("Invalid FID group: " + listed(group) + ".");
        }
        Set<String> msids = new HashSet<>();
        for (Ssrc ssrc : group.ssrcs()) {
            Optional<String> msid = Optional.ofNullable(bySsrc.get(ssrc)).flatMap(Source::msid);
            if (msid.isEmpty()) {
                return Optional.of("Required source parameter 'msid' is not present.");
            }
            msids.add(msid.get());
            if (msids.size() > 1) {
                return Optional.of("SsrcGroup contains sources with different MSIDs: " + listed(group) + ".");
            }
        }
        return Optional.empty();
    }

    /** Sources of one medium may share an msid only when groups tie them together; audio and video may share one. */
    private static Optional<String> sharedMsid(EndpointSources sources) {
        TiedSsrcs tied = TiedSsrcs.by(sources.groups());
        Map<MediaType, Map<String, Ssrc>> firstOfMsid = new EnumMap<>(MediaType.class);
        for (Source source : sources.sources()) {
            if (source.msid().isPresent()) {
                String msid = source.msid().get();
                Ssrc first = firstOfMsid
                        .computeIfAbsent(source.media(), media -> new HashMap<>())
                        .computeIfAbsent(msid, none -> source.ssrc());
                if (!tied.together(first, source.ssrc())) {
                    return Optional.of(msidInUse(msid));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(MediaType media, @Nullable Source source) {
        return source != null && source.media() == media;
    }

    private static String msidInUse(String msid) {
        return "MSID is already used: " + msid + ".";
    }

    private static String listed(SourceGroup group) {
        // Jicofo lists them all; a group can be as long as a stanza, so that we end the list early.
        String end = group.ssrcs().size() > MAX_LISTED_SSRCS ? ", ...]" : "]";
        return group.ssrcs().stream()
                .limit(MAX_LISTED_SSRCS)
                .map(Ssrc::toString)
                .collect(Collectors.joining(", ", "[", end));
    }

    private static long groupsOf(MediaType media, List<SourceGroup> groups) {
        return groups.stream().filter(group -> group.media() == media).count();
    }

    private static Map<MediaType, Integer> countByMedia(List<Source> present, List<Source> offered) {
        Map<MediaType, Integer> counts = new EnumMap<>(MediaType.class);
        present.forEach(source -> counts.merge(source.media(), 1, Integer::sum));
        offered.forEach(source -> counts.merge(source.media(), 1, Integer::sum));
        return counts;
    }

    private static Map<Ssrc, Source> bySsrc(List<Source> sources) {
        Map<Ssrc, Source> bySsrc = new HashMap<>();
        sources.forEach(source -> bySsrc.put(source.ssrc(), source));
        return bySsrc;
    }

    /** Which of the offered SSRCs anybody has, and which of the offered msids somebody else has: one pass. */
    private record Conflicts(Set<Ssrc> ssrcs, Set<String> msids) {
        static Conflicts find(ConferenceSources conference, EndpointId owner, List<Source> offered) {
            Set<Ssrc> offeredSsrcs = new HashSet<>();
            Set<String> offeredMsids = new HashSet<>();
            for (Source source : offered) {
                offeredSsrcs.add(source.ssrc());
                source.msid().ifPresent(offeredMsids::add);
            }
            Conflicts found = new Conflicts(new HashSet<>(), new HashSet<>());
            conference.byOwner().forEach((id, present) -> {
                for (Source source : present.sources()) {
                    if (offeredSsrcs.contains(source.ssrc())) {
                        found.ssrcs.add(source.ssrc());
                    }
                    if (!id.equals(owner)) {
                        source.msid().filter(offeredMsids::contains).ifPresent(found.msids::add);
                    }
                }
            });
            return found;
        }
    }
}
