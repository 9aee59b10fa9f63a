package org.confocal.tests.placement;

import java.util.Arrays;
import java.util.List;

/**
 * Everything that people do in a run, in order. The same for every strategy that is compared. Immutable.
 *
 * @param lengthMs of the run; who is there then is simply there until then
 */
record Workload(List<Meeting> meetings, int lengthMs) {
    private static final int MINUTE_MS = 60_000;

    Workload {
        meetings = List.copyOf(meetings);
        if (meetings.size() >= 1 << Arrival.MEETING_BITS) {
            throw new IllegalArgumentException("too many meetings: " + meetings.size());
        }
    }

    int people() {
        return meetings.stream().mapToInt(meeting -> meeting.people().size()).sum();
    }

    /** All joins and leaves before the end of the run in order of time, each packed by {@link Arrival}. */
    long[] arrivals() {
        long[] packed = new long[2 * people()];
        int count = 0;
        for (Meeting meeting : meetings) {
            for (int i = 0; i < meeting.people().size(); i++) {
                Person person = meeting.people().get(i);
                if (person.joinMs() < lengthMs) {
                    packed[count++] = Arrival.pack(person.joinMs(), meeting.number(), i, true);
                }
                if (person.leaveMs() < lengthMs) {
                    packed[count++] = Arrival.pack(person.leaveMs(), meeting.number(), i, false);
                }
            }
        }
        long[] sorted = Arrays.copyOf(packed, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** When most people are there at the beginning of a minute: minutes since the run began, the first of equals. */
    int busiestMinute() {
        int[] changes = new int[lengthMs / MINUTE_MS + 2];
        for (Meeting meeting : meetings) {
            for (Person person : meeting.people()) {
                changes[nextMinute(person.joinMs())]++;
                changes[nextMinute(person.leaveMs())]--;
            }
        }
        int busiest = 0;
        int most = 0;
        int people = 0;
        for (int minute = 0; minute * MINUTE_MS < lengthMs; minute++) {
            people += changes[minute];
            if (people > most) {
                most = people;
                busiest = minute;
            }
        }
        return busiest;
    }

    private int nextMinute(int atMs) {
        return (Math.min(atMs, lengthMs) + MINUTE_MS - 1) / MINUTE_MS;
    }

    /** A join or a leave in one long, so that a day of them sorts fast: time, meeting, person, 1 for a join. */
    static final class Arrival {
        private static final int PERSON_BITS = 11;
        private static final int MEETING_BITS = 20;

        private Arrival() {}

        static long pack(int atMs, int meeting, int person, boolean joins) {
            return ((((long) atMs << MEETING_BITS | meeting) << PERSON_BITS) | person) << 1 | (joins ? 1 : 0);
        }

        static int atMs(long arrival) {
            return (int) (arrival >>> (1 + PERSON_BITS + MEETING_BITS));
        }

        static int meeting(long arrival) {
            return (int) (arrival >>> (1 + PERSON_BITS)) & ((1 << MEETING_BITS) - 1);
        }

        static int person(long arrival) {
            return (int) (arrival >>> 1) & ((1 << PERSON_BITS) - 1);
        }

        static boolean joins(long arrival) {
            return (arrival & 1) == 1;
        }
    }
}
