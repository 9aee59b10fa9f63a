package org.confocal.focus.conference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;

/**
 * Decides when whose turn it is. One after the other where people come by themselves; in batches with pauses where a
 * bridge took many with it, so that its successor is not asked for hundreds of endpoints in one instant; and later and
 * later while bridges keep failing, up to {@link #MAX_BACKOFF}, but never not at all. Who had a session, and lost it, also
 * needs a turn from the fleet, which all conferences share ({@link Pace#URGENT}); newcomers do not.
 */
final class InviteTurns {
    static final Duration MAX_BACKOFF = Duration.ofSeconds(15);

    /** Whom a bridge cannot carry, for a reason that concerns nobody else, is invited again after so long. */
    static final Duration RETRY = Duration.ofSeconds(5);

    private static final Duration BACKOFF = Duration.ofMillis(250);
    private static final int MAX_DOUBLINGS = 6;
    private static final Duration MAX_JITTER = Duration.ofMillis(50);
    private static final TimerKey TIMER = new TimerKey.Reinvite();

    private final ConferenceConfig config;

    InviteTurns(ConferenceConfig config) {
        this.config = config;
    }

    /** As soon as the ones before it are placed. */
    void next(Draft d, Member member, Trigger why) {
        next(d, member, why, why == Trigger.INVITE ? Pace.FREE : Pace.URGENT);
    }

    /** Somebody whom the fleet itself moves, to that bridge if it can still be taken. */
    void moved(Draft d, Member member, Optional<BridgeId> planned) {
        next(d, member, Trigger.MOVE, new Invite.Queued(d.now, Pace.FREE, planned));
    }

    private void next(Draft d, Member member, Trigger why, Pace pace) {
        next(d, member, why, new Invite.Queued(d.now, pace));
    }

    private static void next(Draft d, Member member, Trigger why, Invite.Queued turn) {
        d.move(member, why, turn);
        List<EndpointId> ready = new ArrayList<>(d.invites.ready());
        ready.add(member.id());
        d.invites = d.invites.withReady(ready);
    }

    /** With a later batch; {@link #pace} starts the first. */
    void later(Draft d, Member member, Trigger why) {
        later(d, member, why, backoff(d.invites.failures()), Pace.URGENT);
    }

    /** After {@link #RETRY}, or later where bridges keep failing. */
    void retry(Draft d, Member member, Trigger why) {
        Duration wait = backoff(d.invites.failures());
        later(d, member, why, wait.compareTo(RETRY) > 0 ? wait : RETRY, Pace.URGENT);
    }

    /** The fleet wants it later. A little later still, so that those of all conferences do not come in step. */
    void postponed(Draft d, Member member, Duration wait, Pace then) {
        later(d, member, Trigger.POSTPONED, wait.plus(d.upTo(MAX_JITTER)), then);
        pace(d);
    }

    private static void later(Draft d, Member member, Trigger why, Duration wait, Pace pace) {
        d.move(member, why, new Invite.Queued(d.now.plus(wait), pace));
        List<EndpointId> paced = new ArrayList<>(d.invites.paced());
        paced.add(member.id());
        d.invites = d.invites.withPaced(paced);
    }

    /** No turn any more: it left, or is not to be invited. */
    void drop(Draft d, EndpointId id) {
        List<EndpointId> ready = new ArrayList<>(d.invites.ready());
        List<EndpointId> paced = new ArrayList<>(d.invites.paced());
        if (ready.remove(id)) {
            d.invites = d.invites.withReady(ready);
        }
        if (paced.remove(id)) {
            d.invites = d.invites.withPaced(paced);
            if (paced.isEmpty()) {
                d.cancelTimer(TIMER);
            }
        }
    }

    /** Lets a batch go unless the pause after the last is still running. */
    void pace(Draft d) {
        if (d.invites.paced().isEmpty()) {
            return;
        }
        Optional<Instant> due = d.timers.get(TIMER).map(RunningTimer::due);
        if (due.isPresent()) {
            hasten(d, due.get());
            return;
        }
        List<EndpointId> ready = new ArrayList<>(d.invites.ready());
        List<EndpointId> rest = new ArrayList<>();
        int batch = 0;
        Optional<Instant> earliest = Optional.empty();
        for (EndpointId id : d.invites.paced()) {
            Instant notBefore = notBefore(d, id);
            if (batch < config.reinvites().batch() && !notBefore.isAfter(d.now)) {
                ready.add(id);
                batch++;
            } else {
                rest.add(id);
                earliest = Optional.of(
                        earliest.filter(instant -> instant.isBefore(notBefore)).orElse(notBefore));
            }
        }
        d.invites = d.invites.withReady(ready).withPaced(rest);
        Optional<Duration> wait = earliest.map(instant -> Duration.between(d.now, instant));
        wait.ifPresent(until -> {
            Duration pause = config.reinvites().pause();
            d.startTimer(TIMER, until.compareTo(pause) > 0 ? until : pause);
        });
    }

    /** Somebody may be due before the timer that runs, which is then too late by more than the pause. */
    private void hasten(Draft d, Instant due) {
        Instant earliest = due;
        for (EndpointId id : d.invites.paced()) {
            Instant notBefore = notBefore(d, id);
            earliest = notBefore.isBefore(earliest) ? notBefore : earliest;
        }
        Instant afterPause = d.now.plus(config.reinvites().pause());
        earliest = earliest.isBefore(afterPause) ? afterPause : earliest;
        if (earliest.isBefore(due)) {
            d.startTimer(TIMER, Duration.between(d.now, earliest));
        }
    }

    /** Nothing before the second failure in a row, then doubling. */
    static Duration backoff(int failures) {
        if (failures < 2) {
            return Duration.ZERO;
        }
        Duration doubled = BACKOFF.multipliedBy(1L << Math.min(failures - 2, MAX_DOUBLINGS));
        return doubled.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : doubled;
    }

    private static Instant notBefore(Draft d, EndpointId id) {
        Invite invite = d.members
                .get(id)
                .map(Member::invite)
                .orElseThrow(() -> new IllegalStateException(id + " is in the queue and not in the room"));
        if (invite instanceof Invite.Queued queued) {
            return queued.notBefore();
        }
        throw new IllegalStateException(id + " is in the queue, and " + invite);
    }
}
