package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;
import org.confocal.tests.placement.Workload.Arrival;

/**
 * What the people of a conference need of its placement, by metro, over its life or at a moment: everything that the best
 * placement depends on and that does not depend on the placement. Immutable once made.
 *
 * <p>What people of one metro send to another bridge is paid for only while somebody is there. So upstream is kept by the
 * set of metros that had somebody in the conference meanwhile.
 */
final class Demand {
    /** No conference but a town hall has people of more metros. */
    static final int MOST_METROS = 6;

    private final List<Integer> metros;
    private final double[] downKbps;
    private final double[][] upKbps;
    private final double[][] pairs;

    private Demand(List<Integer> metros) {
        this.metros = List.copyOf(metros);
        int count = metros.size();
        downKbps = new double[count];
        upKbps = new double[count][1 << count];
        pairs = new double[count][count];
    }

    /** Of a whole meeting: kbit/s and pairs, times milliseconds. */
    static Demand of(Meeting meeting, int lengthMs) {
        return of(meeting, lengthMs, Integer.MAX_VALUE);
    }

    /** Of a meeting as it is at a moment: kbit/s and pairs. */
    static Demand at(Meeting meeting, int atMs) {
        return of(meeting, Integer.MAX_VALUE, atMs);
    }

    private static Demand of(Meeting meeting, int lengthMs, int onlyAtMs) {
        List<Integer> metros =
                meeting.people().stream().map(Person::metro).distinct().sorted().toList();
        Demand demand = new Demand(metros);
        Counter counter = new Counter(meeting, metros);
        int sinceMs = 0;
        for (long arrival : arrivals(meeting)) {
            int atMs = Arrival.atMs(arrival);
            if (atMs > Math.min(onlyAtMs, lengthMs)) {
                break;
            }
            if (onlyAtMs == Integer.MAX_VALUE) {
                counter.addTo(demand, atMs - sinceMs);
            }
            sinceMs = atMs;
            counter.count(Arrival.person(arrival), Arrival.joins(arrival) ? 1 : -1);
        }
        counter.addTo(demand, onlyAtMs == Integer.MAX_VALUE ? Math.max(0, lengthMs - sinceMs) : 1);
        demand.accumulate();
        return demand;
    }

    static long[] arrivals(Meeting meeting) {
        Meeting alone = new Meeting(0, meeting.room(), meeting.people(), meeting.view(), meeting.screenShared());
        return new Workload(List.of(alone), Integer.MAX_VALUE).arrivals();
    }

    /** From "exactly these were there" to "some of these were there". */
    private void accumulate() {
        int sets = 1 << metros.size();
        for (int metro = 0; metro < metros.size(); metro++) {
            double[] exactly = upKbps[metro].clone();
            for (int some = 0; some < sets; some++) {
                upKbps[metro][some] = 0;
                for (int present = 0; present < sets; present++) {
                    upKbps[metro][some] += (present & some) != 0 ? exactly[present] : 0;
                }
            }
        }
    }

    /** Those that somebody comes from; the other figures go by the position here. */
    List<Integer> metros() {
        return metros;
    }

    /** What the people of a metro receive. */
    double downKbps(int metro) {
        return downKbps[metro];
    }

    /** What the people of a metro send while somebody of a set of metros (a bit each) is there. */
    double upKbps(int metro, int whileSomeOf) {
        return upKbps[metro][whileSomeOf];
    }

    /** Pairs of people of two metros, or of one. */
    double pairs(int a, int b) {
        return pairs[Math.min(a, b)][Math.max(a, b)];
    }

    double allPairs() {
        double sum = 0;
        for (double[] row : pairs) {
            for (double count : row) {
                sum += count;
            }
        }
        return sum;
    }

    /** Who of each metro is there at the moment. */
    private static final class Counter {
        private final Meeting meeting;
        private final List<Integer> metros;
        private final int[] people;
        private final int[] cameras;
        private final int[] microphones;
        private final int[] sharers;

        Counter(Meeting meeting, List<Integer> metros) {
            this.meeting = meeting;
            this.metros = metros;
            people = new int[metros.size()];
            cameras = new int[metros.size()];
            microphones = new int[metros.size()];
            sharers = new int[metros.size()];
        }

        void count(int number, int change) {
            Person person = meeting.people().get(number);
            int metro = metros.indexOf(person.metro());
            people[metro] += change;
            cameras[metro] += person.video() ? change : 0;
            microphones[metro] += person.audio() ? change : 0;
            sharers[metro] += meeting.screenShared() && number == 0 ? change : 0;
        }

        void addTo(Demand demand, double weight) {
            List<Integer> present = new ArrayList<>();
            int set = 0;
            for (int metro = 0; metro < people.length; metro++) {
                if (people[metro] > 0) {
                    present.add(metro);
                    set |= 1 << metro;
                }
            }
            Media media = Media.of(sum(people), sum(cameras), sum(microphones), meeting.view(), sum(sharers) > 0);
            for (int a : present) {
                demand.downKbps[a] += weight * media.downKbps(people[a], cameras[a], microphones[a], sharers[a]);
                demand.upKbps[a][set] += weight * media.upKbps(cameras[a], microphones[a], sharers[a]);
                for (int b : present) {
                    if (b >= a) {
                        double pairs = a == b ? people[a] * (people[a] - 1) / 2.0 : (double) people[a] * people[b];
                        demand.pairs[a][b] += weight * pairs;
                    }
                }
            }
        }

        private static int sum(int[] counts) {
            int sum = 0;
            for (int count : counts) {
                sum += count;
            }
            return sum;
        }
    }
}
