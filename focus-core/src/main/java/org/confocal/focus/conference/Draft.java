package org.confocal.focus.conference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.InviteQueue;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.Randomness;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.RoomLife;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.conference.state.Shown;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.RoomId;

/**
 * The next state while one step makes it, and the effects so far. Lives for one step and never leaves it; the state it
 * started from is not touched.
 */
final class Draft {
    /** A peer's text in a log line is cut here. */
    private static final int MAX_LINE = 500;

    private static final int SID_RADIX = 32;

    final Instant now;
    final RoomId room;
    final Instant startedAt;
    final Table<EndpointId, Member> members;
    final Table<BridgeId, BridgeSession> bridges;
    final Table<RequestId, Pending> pending;
    final Table<TimerKey, RunningTimer> timers;

    /** Endpoints of which a bridge was told something in this step. */
    final Set<EndpointId> touched = new LinkedHashSet<>();

    /** Bridges that the conference left in this step; it may be on them again. */
    final Set<BridgeId> left = new LinkedHashSet<>();

    /** Whether links that suffered while the focus was cut off are made anew. */
    boolean mend;

    RelayBook relays;
    RoomLife life;
    JoinRate joins;
    InviteQueue invites;
    ConferenceSources sources;
    Shown shown;

    private final RoomLife lifeBefore;
    private Randomness random;
    private long nextRequest;
    private final List<Effect> effects = new ArrayList<>();

    Draft(ConferenceState state, Instant now) {
        this.now = now;
        room = state.room();
        startedAt = state.startedAt();
        members = new Table<>(state.members());
        bridges = new Table<>(state.bridges());
        pending = new Table<>(state.pending());
        timers = new Table<>(state.timers());
        relays = state.relays();
        life = state.life();
        lifeBefore = life;
        joins = state.joins();
        invites = state.invites();
        sources = state.sources();
        shown = state.shown();
        random = state.random();
        nextRequest = state.nextRequest();
    }

    Step<ConferenceState> finish() {
        return new Step<>(
                new ConferenceState(
                        room,
                        startedAt,
                        life,
                        joins,
                        members.finish(),
                        invites,
                        bridges.finish(),
                        relays,
                        pending.finish(),
                        sources,
                        timers.finish(),
                        shown,
                        random,
                        nextRequest),
                effects);
    }

    void emit(Effect effect) {
        effects.add(effect);
    }

    /** Something sent to a participant, counted under Jicofo's name for it. */
    void emitJingle(String action, Effect effect) {
        effects.add(new Effect.CountJingle(Effect.Direction.SENT, action));
        effects.add(effect);
    }

    void count(ConferenceCounter counter) {
        effects.add(new Effect.Count(counter));
    }

    void log(Effect.Level level, String line) {
        effects.add(new Effect.Log(level, line.length() > MAX_LINE ? line.substring(0, MAX_LINE) + "..." : line));
    }

    /** An input that cannot happen in this state: counted, logged, dropped. */
    void illegal(String what) {
        count(ConferenceCounter.INPUTS_ILLEGAL);
        log(Effect.Level.WARN, "Dropped what cannot happen now (%s): %s".formatted(lower(life.phase()), what));
    }

    void startTimer(TimerKey key, Duration after) {
        // Removed first, so that the timers stay in the order in which they were started.
        timers.remove(key);
        timers.put(key, new RunningTimer(key, now.plus(after)));
        effects.add(new Effect.StartTimer(key, after));
    }

    void cancelTimer(TimerKey key) {
        if (timers.remove(key)) {
            effects.add(new Effect.CancelTimer(key));
        }
    }

    /** Puts a member into its next invite state; the table must have a row for it. */
    Member move(Member member, InviteTable.Trigger trigger, Invite next) {
        InviteTable.check(member.invite().phase(), trigger, next.phase());
        Member moved = member.with(next);
        members.put(member.id(), moved);
        return moved;
    }

    /** Whether anything about members or the room is not what it was. */
    boolean stirred() {
        return members.isChanged() || !life.equals(lifeBefore);
    }

    boolean ended() {
        return life.phase() == RoomPhase.ENDED;
    }

    MeetingId meeting() {
        return life.meeting().orElseThrow(() -> new IllegalStateException("no meeting id in " + room));
    }

    RequestId newRequest() {
        return new RequestId(nextRequest++);
    }

    /** Whether a request of that number was ever made. */
    boolean made(RequestId request) {
        return request.value() > 0 && request.value() < nextRequest;
    }

    /** 64 bits in base 32, as Jicofo's (spec/03, section 2). */
    SessionId newSession() {
        return new SessionId(Long.toUnsignedString(bits(), SID_RADIX));
    }

    BridgeSessionId newBridgeSession() {
        return new BridgeSessionId(newUuid());
    }

    MeetingId newMeeting() {
        return new MeetingId(newUuid());
    }

    /** 32 hexadecimal digits. */
    String newHex() {
        return "%016x%016x".formatted(bits(), bits());
    }

    /** A random time of nothing to {@code most}, which is above nothing. */
    Duration upTo(Duration most) {
        return Duration.ofNanos(Long.remainderUnsigned(bits(), most.toNanos()));
    }

    private String newUuid() {
        long high = (bits() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (bits() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private long bits() {
        random = random.next();
        return random.value();
    }

    /** The bridge session of that allocation; empty where it is over. */
    Optional<BridgeSession> session(BridgeId bridge, BridgeSessionId id) {
        return bridges.get(bridge).filter(session -> session.id().equals(id));
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
