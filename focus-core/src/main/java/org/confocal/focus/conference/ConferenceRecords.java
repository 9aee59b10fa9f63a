package org.confocal.focus.conference;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
import org.confocal.focus.journal.RecordNumbers;
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
    public static final int VERSION = 2;

    private final Whole<Head> head = new Whole<>("head", Head::of, StateJson.MAPPER::writeValueAsBytes, Head::read);
    private final Whole<RoomLife> life = Whole.json("life", RoomLife.class, ConferenceState::life);
    private final Whole<JoinRate> joins = Whole.json("joins", JoinRate.class, ConferenceState::joins);
    private final Whole<InviteQueue> invites = Whole.json("invites", InviteQueue.class, ConferenceState::invites);
    private final Whole<Shown> shown = Whole.json("shown", Shown.class, ConferenceState::shown);
    private final Whole<SavedCascade> cascade = Whole.json("cascade", SavedCascade.class, SavedCascade::of);
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

    private final Whole<Counts> counts = new Whole<>("counts", Counts::of, Counts::write, Counts::read);

    private final List<RecordKind> kinds = List.of(
            head, life, joins, invites, shown, cascade, members, bridges, relays, announced, pending, timers, sources,
            counts);

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
            Counts written = counts.read(records);
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
                    written.random(),
                    written.nextRequest());
            Sizes read = Sizes.of(state);
            if (!written.sizes().equals(read)) {
                throw new IllegalArgumentException("A conference's records are not all there: %s were written, %s read."
                        .formatted(written.sizes(), read));
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

    private record Head(int version, RoomId room, Instant startedAt) {
        static Head of(ConferenceState state) {
            return new Head(VERSION, state.room(), state.startedAt());
        }

        /** The version first: of the rest only this one's is known. */
        static Head read(byte[] json) {
            int version = StateJson.MAPPER.readValue(json, Written.class).version();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "A conference's records were written as version %d; only version %d can be read."
                                .formatted(version, VERSION));
            }
            return StateJson.MAPPER.readValue(json, Head.class);
        }
    }

    /** What the head of every version says. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Written(int version) {}

    /** What nearly every step changes. */
    private record Counts(Randomness random, long nextRequest, Sizes sizes) {
        private static final int NUMBERS = 9;

        static Counts of(ConferenceState state) {
            return new Counts(state.random(), state.nextRequest(), Sizes.of(state));
        }

        byte[] write() {
            return RecordNumbers.write(
                    random.seed(),
                    nextRequest,
                    sizes.members(),
                    sizes.bridges(),
                    sizes.relays(),
                    sizes.announced(),
                    sizes.pending(),
                    sizes.timers(),
                    sizes.sources());
        }

        static Counts read(byte[] json) {
            long[] read = RecordNumbers.read("A conference's record 'counts'", json, NUMBERS);
            return new Counts(
                    new Randomness(read[0]),
                    read[1],
                    new Sizes(read[2], read[3], read[4], read[5], read[6], read[7], read[8]));
        }
    }

    /** How many records there are of each kind: without it nobody would see that one is missing. */
    private record Sizes(
            long members, long bridges, long relays, long announced, long pending, long timers, long sources) {
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
