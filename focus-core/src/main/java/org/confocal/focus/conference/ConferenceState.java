package org.confocal.focus.conference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.InviteQueue;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.OrderedMap;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.Randomness;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.RoomLife;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.conference.state.Shown;
import org.confocal.focus.conference.state.Waiting;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.RoomId;

/**
 * Everything a conference knows. {@link ConferenceRecords} writes it out; a fresh machine that reads it goes on with
 * identical effects.
 *
 * @param startedAt when it was created
 * @param life the room's side of it
 * @param joins how fast people join it
 * @param members everybody in the room but the focus, in the order they came
 * @param invites whose turn it is
 * @param bridges the sessions with bridges, in the order they were made
 * @param relays how these bridges are linked
 * @param pending requests to bridges that are not answered
 * @param sources what everybody with a session sends
 * @param timers those that run
 * @param shown the focus' presence
 * @param random where ids come from
 * @param nextRequest the number of the next request
 */
public record ConferenceState(
        RoomId room,
        Instant startedAt,
        RoomLife life,
        JoinRate joins,
        OrderedMap<EndpointId, Member> members,
        InviteQueue invites,
        OrderedMap<BridgeId, BridgeSession> bridges,
        RelayBook relays,
        OrderedMap<RequestId, Pending> pending,
        ConferenceSources sources,
        OrderedMap<TimerKey, RunningTimer> timers,
        Shown shown,
        Randomness random,
        long nextRequest) {

    /** More than a conference asks in the time that an answer takes, and few of the 2^32 that it may ask in its life. */
    private static final long SKIPPED_REQUESTS = 4_096;

    /** A conference that nobody has asked for yet. All its ids come from {@code seed}. */
    public static ConferenceState initial(RoomId room, long seed, Instant now) {
        return new ConferenceState(
                room,
                now,
                RoomLife.NEW,
                JoinRate.NONE,
                OrderedMap.empty(),
                InviteQueue.EMPTY,
                OrderedMap.empty(),
                RelayBook.NONE,
                OrderedMap.empty(),
                ConferenceSources.EMPTY,
                OrderedMap.empty(),
                Shown.NOTHING,
                new Randomness(seed),
                1);
    }

    public Optional<MeetingId> meeting() {
        return life.meeting();
    }

    /** Whether it is over. Then it owns nothing, and nothing happens to it any more. */
    public boolean ended() {
        return life.phase() == RoomPhase.ENDED;
    }

    /** The same in another process: who asked over HTTP hung on the one that ended. */
    public ConferenceState withoutHttpRequests() {
        List<Waiting> left = life.waiting().stream()
                .filter(waiting -> !(waiting.origin() instanceof ConferenceRequest.Origin.Http))
                .toList();
        if (left.size() == life.waiting().size()) {
            return this;
        }
        RoomLife next = life.withNobodyWaiting();
        for (Waiting waiting : left) {
            next = next.withWaiting(waiting);
        }
        return new ConferenceState(
                room,
                startedAt,
                next,
                joins,
                members,
                invites,
                bridges,
                relays,
                pending,
                sources,
                timers,
                shown,
                random,
                nextRequest);
    }

    /**
     * The same in another process, which may know less than the one before it had done: ids that were drawn and requests that
     * were numbered after this was kept are not made again.
     *
     * @param fresh no other process had this number
     */
    public ConferenceState takenUp(long fresh) {
        long skipped = SKIPPED_REQUESTS + Long.remainderUnsigned(fresh, SKIPPED_REQUESTS);
        return new ConferenceState(
                room,
                startedAt,
                life,
                joins,
                members,
                invites,
                bridges,
                relays,
                pending,
                sources,
                timers,
                shown,
                new Randomness(fresh),
                nextRequest + skipped);
    }

    /** How many members have a session or are about to get one. */
    public int participants() {
        int count = 0;
        for (Member member : members) {
            if (member.invite().allocation().isPresent()) {
                count++;
            }
        }
        return count;
    }

    /** A few words for a log line. */
    public String summary() {
        return "%s meeting=%s phase=%s members=%d participants=%d bridges=%s timers=%s"
                .formatted(
                        room,
                        meeting().map(MeetingId::value).orElse("-"),
                        life.phase(),
                        members.size(),
                        participants(),
                        bridges.keys(),
                        timers.keys());
    }
}
