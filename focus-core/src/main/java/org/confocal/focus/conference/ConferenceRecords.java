package org.confocal.focus.conference;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.confocal.focus.conference.RecordKind.Keyed;
import org.confocal.focus.conference.RecordKind.Whole;
import org.confocal.focus.conference.state.Announcement;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.InviteQueue;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.OrderedMap;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.Randomness;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.conference.state.RoomLife;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.conference.state.Shown;
import org.confocal.focus.journal.RecordSink;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.Link;
import tools.jackson.core.JacksonException;

/**
 * One conference's state as records, of which a step writes only those that it changed: one for each member, timer, request
 * and so on, and one for each part that is a whole. Used by one thread at a time.
 *
 * <p>They say their version. A reader refuses every other version, and anything that is missing or torn, with a sentence:
 * half of a state is worse than none.
 */
public final class ConferenceRecords {
    public static final int VERSION = 1;

    private final Whole<Head> head =
            new Whole<>("head", Head.class, state -> new Head(VERSION, state.room(), state.startedAt()));
    private final Whole<RoomLife> life = new Whole<>("life", RoomLife.class, ConferenceState::life);
    private final Whole<JoinRate> joins = new Whole<>("joins", JoinRate.class, ConferenceState::joins);
    private final Whole<InviteQueue> invites = new Whole<>("invites", InviteQueue.class, ConferenceState::invites);
    private final Whole<Shown> shown = new Whole<>("shown", Shown.class, ConferenceState::shown);
    private final Whole<SavedCascade> cascade = new Whole<>("cascade", SavedCascade.class, SavedCascade::of);
    private final Whole<Ids> ids = new Whole<>("ids", Ids.class, state -> new Ids(state.random(), state.nextRequest()));
    private final Keyed<EndpointId, Member> members = Keyed.of("member", Member.class, ConferenceState::members);
    private final Keyed<BridgeId, BridgeSession> bridges =
            Keyed.of("bridge", BridgeSession.class, ConferenceState::bridges);
    private final Keyed<RelayEnd.Key, RelayEnd> relays =
            Keyed.of("relay", RelayEnd.class, state -> state.relays().ends());
    private final Keyed<EndpointId, Announcement> announced =
            Keyed.of("announced", Announcement.class, state -> state.relays().announced());
    private final Keyed<RequestId, Pending> pending = Keyed.of("pending", Pending.class, ConferenceState::pending);
    private final Keyed<TimerKey, RunningTimer> timers = Keyed.of("timer", RunningTimer.class, ConferenceState::timers);
    private final Keyed<EndpointId, EndpointSources> sources = new Keyed<>(
            "sources",
            Owned.class,
            ConferenceState::sources,
            state -> state.sources().byOwner(),
            Owned::new);

    private final Whole<Sizes> sizes = new Whole<>("sizes", Sizes.class, Sizes::of);

    private final List<RecordKind> kinds = List.of(
            head, life, joins, invites, shown, cascade, ids, members, bridges, relays, announced, pending, timers,
            sources, sizes);

    /** Writes what is different from what was written or read last; everything the first time. */
    public void write(ConferenceState state, RecordSink sink) {
        for (RecordKind kind : kinds) {
            kind.write(state, sink);
        }
    }

    /** Removes everything that was written. */
    public void remove(RecordSink sink) {
        for (RecordKind kind : kinds) {
            kind.remove(sink);
        }
    }

    /**
     * The state that was written; from then on only what is different from it is written.
     *
     * @param records by the keys that they were written under
     * @throws IllegalArgumentException where they are of another version, or something is missing or cannot be read
     */
    public ConferenceState read(Map<String, byte[]> records) {
        try {
            Head first = head.read(records);
            if (first.version() != VERSION) {
                throw new IllegalArgumentException(
                        "Conference %s was written as version %d; only version %d can be read."
                                .formatted(first.room(), first.version(), VERSION));
            }
            Ids drawn = ids.read(records);
            ConferenceState state = new ConferenceState(
                    first.room(),
                    first.startedAt(),
                    life.read(records),
                    joins.read(records),
                    byKey(members.read(records, Member.class), Member::id),
                    invites.read(records),
                    byKey(bridges.read(records, BridgeSession.class), BridgeSession::bridge),
                    new RelayBook(
                            cascade.read(records).restore(),
                            byKey(relays.read(records, RelayEnd.class), RelayEnd::key),
                            byKey(announced.read(records, Announcement.class), Announcement::id)),
                    byKey(pending.read(records, Pending.class), Pending::request),
                    sources(sources.read(records, Owned.class)),
                    byKey(timers.read(records, RunningTimer.class), RunningTimer::key),
                    shown.read(records),
                    drawn.random(),
                    drawn.nextRequest());
            Sizes written = sizes.read(records);
            if (!written.equals(Sizes.of(state))) {
                throw new IllegalArgumentException("A conference's records are not all there: %s were written, %s read."
                        .formatted(written, Sizes.of(state)));
            }
            kinds.forEach(kind -> kind.known(state, records));
            return state;
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(
                    "A conference's record cannot be read: " + unreadable.getOriginalMessage(), unreadable);
        }
    }

    private static <K, V> OrderedMap<K, V> byKey(List<V> values, Function<V, K> key) {
        Map<K, V> map = new LinkedHashMap<>();
        values.forEach(value -> map.put(key.apply(value), value));
        return OrderedMap.of(map);
    }

    private static ConferenceSources sources(List<Owned> all) {
        Map<EndpointId, EndpointSources> byOwner = new LinkedHashMap<>();
        all.forEach(each -> byOwner.put(each.owner(), each.sources()));
        return new ConferenceSources(byOwner);
    }

    private record Head(int version, RoomId room, Instant startedAt) {}

    private record Ids(Randomness random, long nextRequest) {}

    /** How many records there are of each kind: without it nobody would see that one is missing. */
    private record Sizes(int members, int bridges, int relays, int announced, int pending, int timers, int sources) {
        static Sizes of(ConferenceState state) {
            return new Sizes(
                    state.members().size(),
                    state.bridges().size(),
                    state.relays().ends().size(),
                    state.relays().announced().size(),
                    state.pending().size(),
                    state.timers().size(),
                    state.sources().byOwner().size());
        }
    }

    private record Owned(EndpointId owner, EndpointSources sources) {}

    /** How the bridges are linked; a cascade is its bridges and links. */
    private record SavedCascade(List<BridgeId> bridges, List<Link> links) {
        static SavedCascade of(ConferenceState state) {
            Cascade cascade = state.relays().cascade();
            return new SavedCascade(cascade.bridges(), cascade.links());
        }

        Cascade restore() {
            return Cascade.of(bridges, links);
        }
    }
}
