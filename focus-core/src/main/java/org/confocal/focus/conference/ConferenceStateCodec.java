package org.confocal.focus.conference;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.confocal.focus.conference.state.Announcement;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Features;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.InviteQueue;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.OrderedMap;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.Randomness;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.conference.state.Replacement;
import org.confocal.focus.conference.state.RoomLife;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.conference.state.Shown;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.Link;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes a conference's state as JSON and reads it back, equal in everything. Stateless; any thread.
 *
 * <p>What is written says its version. A reader refuses every version but its own with a sentence: half of a state is
 * worse than none, and a conference without its state only starts over.
 */
public final class ConferenceStateCodec {
    public static final int VERSION = 4;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(visibility -> visibility
                    .withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addMixIn(Invite.class, Tagged.class)
            .addMixIn(Features.class, Tagged.class)
            .addMixIn(Pending.class, Tagged.class)
            .addMixIn(Replacement.class, Tagged.class)
            .addMixIn(TimerKey.class, Tagged.class)
            .addMixIn(ConferenceRequest.Origin.class, Tagged.class)
            .addModule(new SimpleModule().addKeyDeserializer(EndpointId.class, new EndpointIdKey()))
            .build();

    private ConferenceStateCodec() {}

    /** UTF-8 JSON. */
    public static byte[] write(ConferenceState state) {
        return MAPPER.writeValueAsBytes(new Saved(
                VERSION,
                state.room(),
                state.startedAt(),
                state.life(),
                state.joins(),
                state.members().values(),
                state.invites(),
                state.bridges().values(),
                SavedRelays.of(state.relays()),
                state.pending().values(),
                state.sources(),
                state.timers().values(),
                state.shown(),
                state.random(),
                state.nextRequest()));
    }

    /**
     * The state that was written.
     *
     * @throws IllegalArgumentException where the bytes are of another version or cannot be read, with a sentence about it
     */
    public static ConferenceState read(byte[] bytes) {
        try {
            JsonNode tree = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
            int version = tree.path("version").asInt(0);
            if (version != VERSION) {
                throw new IllegalArgumentException("This conference state has version %d; only version %d can be read."
                        .formatted(version, VERSION));
            }
            return restore(MAPPER.treeToValue(tree, Saved.class));
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(
                    "This conference state cannot be read: " + unreadable.getOriginalMessage(), unreadable);
        }
    }

    private static ConferenceState restore(Saved saved) {
        return new ConferenceState(
                saved.room(),
                saved.startedAt(),
                saved.life(),
                saved.joins(),
                byKey(saved.members(), Member::id),
                saved.invites(),
                byKey(saved.bridges(), BridgeSession::bridge),
                saved.relays().restore(),
                byKey(saved.pending(), Pending::request),
                saved.sources(),
                byKey(saved.timers(), RunningTimer::key),
                saved.shown(),
                saved.random(),
                saved.nextRequest());
    }

    private static <K, V> OrderedMap<K, V> byKey(List<V> values, Function<V, K> key) {
        Map<K, V> map = new LinkedHashMap<>();
        values.forEach(value -> map.put(key.apply(value), value));
        return OrderedMap.of(map);
    }

    /** What is written: maps as lists, since their values know their keys. */
    private record Saved(
            int version,
            RoomId room,
            Instant startedAt,
            RoomLife life,
            JoinRate joins,
            List<Member> members,
            InviteQueue invites,
            List<BridgeSession> bridges,
            SavedRelays relays,
            List<Pending> pending,
            ConferenceSources sources,
            List<RunningTimer> timers,
            Shown shown,
            Randomness random,
            long nextRequest) {}

    /** How the bridges are linked; a cascade is its bridges and links. */
    private record SavedRelays(
            List<BridgeId> bridges, List<Link> links, List<RelayEnd> ends, List<Announcement> announced) {
        static SavedRelays of(RelayBook relays) {
            return new SavedRelays(
                    relays.cascade().bridges(),
                    relays.cascade().links(),
                    relays.ends().values(),
                    relays.announced().values());
        }

        RelayBook restore() {
            return new RelayBook(
                    Cascade.of(bridges, links), byKey(ends, RelayEnd::key), byKey(announced, Announcement::id));
        }
    }

    /** Says which of a closed family a value is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Tagged {}

    /** Endpoint ids as names of JSON fields. */
    private static final class EndpointIdKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return new EndpointId(key);
        }
    }
}
