package org.confocal.focus.source;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.EndpointId;

/** What clients do to the sources of a conference, from so few SSRCs and msids that they collide often. */
final class SourceArbitraries {
    static final SourceLimits TIGHT = new SourceLimits(4, 3);

    private static final int OWNERS = 3;
    private static final int LARGEST_SSRC = 12;

    private SourceArbitraries() {}

    /** One thing a client does. */
    sealed interface Action {
        EndpointId owner();

        /** It offers these. */
        record Add(EndpointId owner, EndpointSources sources) implements Action {}

        /** It names these, its own or not. */
        record Remove(EndpointId owner, EndpointSources sources) implements Action {}

        /** It names those of its own sources whose positions are chosen. */
        record RemoveOwn(EndpointId owner, Set<Integer> positions) implements Action {}
    }

    static Arbitrary<List<Action>> actions() {
        return action().list().ofMaxSize(25);
    }

    static Arbitrary<Action> action() {
        Arbitrary<Action> tracks = Combinators.combine(owner(), track()).as(Action.Add::new);
        Arbitrary<Action> anything = Combinators.combine(owner(), mixture()).as(Action.Add::new);
        Arbitrary<Action> removeAny = Combinators.combine(owner(), mixture()).as(Action.Remove::new);
        Arbitrary<Action> removeOwn = Combinators.combine(
                        owner(),
                        Arbitraries.integers().between(0, 5).set().ofMinSize(1).ofMaxSize(4))
                .as(Action.RemoveOwn::new);
        return Arbitraries.frequencyOf(
                Tuple.of(4, tracks), Tuple.of(2, anything), Tuple.of(1, removeAny), Tuple.of(3, removeOwn));
    }

    static Arbitrary<EndpointId> owner() {
        return Arbitraries.integers().between(0, OWNERS - 1).map(i -> new EndpointId("p" + i));
    }

    /** Sources and groups that need not fit. */
    static Arbitrary<EndpointSources> mixture() {
        return Combinators.combine(source().list().ofMaxSize(4), group().list().ofMaxSize(3))
                .as(EndpointSources::new);
    }

    /** What a browser could send: one source, two that a group ties, or two layers and one retransmission. */
    static Arbitrary<EndpointSources> track() {
        Arbitrary<EndpointSources> single = source().map(each -> new EndpointSources(List.of(each), List.of()));
        Arbitrary<EndpointSources> pair = Combinators.combine(
                        distinctSsrcs(2), media(), msid(), Arbitraries.of(SourceGroup.Semantics.class))
                .as((ssrcs, media, msid, kind) -> tied(ssrcs, media, msid, new SourceGroup(kind, media, ssrcs)));
        Arbitrary<EndpointSources> layers = Combinators.combine(distinctSsrcs(3), media(), msid())
                .as((ssrcs, media, msid) -> tied(
                        ssrcs,
                        media,
                        msid,
                        new SourceGroup(SourceGroup.Semantics.SIM, media, ssrcs.subList(0, 2)),
                        new SourceGroup(SourceGroup.Semantics.FID, media, List.of(ssrcs.get(0), ssrcs.get(2)))));
        return Arbitraries.oneOf(single, pair, layers);
    }

    private static EndpointSources tied(
            List<Ssrc> ssrcs, MediaType media, Optional<String> msid, SourceGroup... groups) {
        return new EndpointSources(
                ssrcs.stream().map(each -> source(each, media, msid)).toList(), List.of(groups));
    }

    private static Arbitrary<List<Ssrc>> distinctSsrcs(int count) {
        return ssrc().set().ofSize(count).map(List::copyOf);
    }

    private static Arbitrary<Source> source() {
        return Combinators.combine(ssrc(), media(), msid()).as(SourceArbitraries::source);
    }

    private static Source source(Ssrc ssrc, MediaType media, Optional<String> msid) {
        return new Source(ssrc, media, Optional.empty(), msid, VideoType.CAMERA);
    }

    private static Arbitrary<SourceGroup> group() {
        return Combinators.combine(
                        Arbitraries.of(SourceGroup.Semantics.class),
                        media(),
                        ssrc().list().ofMaxSize(3))
                .as(SourceGroup::new);
    }

    private static Arbitrary<Ssrc> ssrc() {
        return Arbitraries.integers().between(0, LARGEST_SSRC).map(Ssrc::new);
    }

    private static Arbitrary<MediaType> media() {
        return Arbitraries.of(MediaType.class);
    }

    private static Arbitrary<Optional<String>> msid() {
        return Arbitraries.of("m1", "m2", "m3", "m4", "m5").optional(0.9);
    }
}
