package org.confocal.tests.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.confocal.tests.xmpp.Requests;

/** Counts what people should not have noticed. May be used by any thread. */
final class HandoverLedger {
    static final int MAX_ERRORS = 200;

    private final Queue<Life> gone = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> onDeadBridges = new ConcurrentHashMap<>();
    private final Set<Missed> missed = ConcurrentHashMap.newKeySet();
    private final Set<String> withoutSession = ConcurrentHashMap.newKeySet();

    /**
     * What one person saw from coming to going.
     *
     * @param endpoint empty where it did not even connect
     * @param invites session-initiates
     * @param terminated sessions that the focus ended
     * @param focusLeft how many times it saw the focus leave
     * @param requestedNanos when it asked for the conference; 0 where it did not
     * @param invitedNanos when the first session-initiate came
     */
    record Life(
            String endpoint,
            int invites,
            int terminated,
            int focusLeft,
            Requests requests,
            long requestedNanos,
            OptionalLong invitedNanos,
            List<String> errors) {
        Life {
            errors = List.copyOf(errors);
        }
    }

    /** Somebody was not told of a source, or not that it is gone. */
    private record Missed(String viewer, long ssrc) {}

    /**
     * What all of it adds up to.
     *
     * @param people who have come
     * @param invitesBeyondJoins session-initiates beyond one for each who came and one for each death of its bridge
     * @param invitesAfterBridgeDeath those because of the deaths of bridges
     * @param lostStanzas unanswered, bounced and missedChanges together
     * @param unanswered requests of people to which there was no answer
     * @param bounced requests of people that Prosody answered, as it did not get them to the focus
     * @param missedChanges pairs of a person and an SSRC of somebody else that it should know and does not, or the reverse
     * @param doubledAnswers answers to what had been answered
     * @param sessionsLost people whose session the focus ended, or who were in the room without one, or on no bridge
     */
    record Totals(
            int people,
            int focusLeftSeen,
            int invitesBeyondJoins,
            int invitesAfterBridgeDeath,
            long lostStanzas,
            long unanswered,
            long bounced,
            int missedChanges,
            long doubledAnswers,
            int sessionsLost) {
        /** How much was added since. */
        Totals since(Totals before) {
            return new Totals(
                    people - before.people,
                    focusLeftSeen - before.focusLeftSeen,
                    invitesBeyondJoins - before.invitesBeyondJoins,
                    invitesAfterBridgeDeath - before.invitesAfterBridgeDeath,
                    lostStanzas - before.lostStanzas,
                    unanswered - before.unanswered,
                    bounced - before.bounced,
                    missedChanges - before.missedChanges,
                    doubledAnswers - before.doubledAnswers,
                    sessionsLost - before.sessionsLost);
        }
    }

    /** Somebody has gone. */
    void gone(Life life) {
        gone.add(life);
    }

    /** These were on a bridge that has died: each may be invited once more, and may have its session ended for that. */
    void bridgeDied(Collection<String> endpoints) {
        endpoints.forEach(endpoint -> onDeadBridges.merge(endpoint, 1, Integer::sum));
    }

    /** That person does not know what it should know of that SSRC; counted once. */
    void missed(String viewer, long ssrc) {
        missed.add(new Missed(viewer, ssrc));
    }

    /** That person was found without a session, or on no bridge. */
    void withoutSession(String endpoint) {
        withoutSession.add(endpoint);
    }

    /** All lives: those that are over and these. */
    List<Life> lives(List<Life> present) {
        List<Life> all = new ArrayList<>(gone);
        all.addAll(present);
        return all;
    }

    /**
     * Adds up.
     *
     * @param lives of all people
     * @param seenByBridges how many times bridges saw the focus leave
     */
    Totals totals(List<Life> lives, long seenByBridges) {
        long focusLeft = seenByBridges;
        int beyond = 0;
        int afterDeath = 0;
        Requests requests = Requests.NONE;
        Set<String> lost = new HashSet<>(withoutSession);
        for (Life life : lives) {
            int allowed = onDeadBridges.getOrDefault(life.endpoint, 0);
            int more = Math.max(0, life.invites - 1);
            beyond += Math.max(0, more - allowed);
            afterDeath += Math.min(more, allowed);
            focusLeft += life.focusLeft;
            requests = requests.plus(life.requests);
            if (life.terminated > allowed) {
                lost.add(life.endpoint);
            }
        }
        return new Totals(
                lives.size(),
                Math.toIntExact(focusLeft),
                beyond,
                afterDeath,
                requests.unanswered() + requests.bounced() + missed.size(),
                requests.unanswered(),
                requests.bounced(),
                missed.size(),
                requests.doubled(),
                lost.size());
    }

    /** What people would have stumbled over, at most {@value #MAX_ERRORS}. */
    static List<String> errors(List<Life> lives) {
        return lives.stream()
                .flatMap(life -> life.errors.stream())
                .limit(MAX_ERRORS)
                .toList();
    }
}
