package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who is in a conference at a moment, by metro, and what flows to and from them wherever they are placed. Immutable.
 *
 * @param groups one for each metro that somebody is there from, the largest first
 * @param people all of them
 */
record Crowd(List<Group> groups, int people) {
    /**
     * The people of one metro.
     *
     * @param downKbps what they receive, in kbit/s
     * @param upKbps what they send, which their bridge passes on to others
     * @param packets per second to and from them, as their bridge has to carry
     * @param upPackets of these, those that they send
     */
    record Group(int metro, int people, double downKbps, double upKbps, double packets, double upPackets) {}

    Crowd {
        groups = List.copyOf(groups);
    }

    /** Those who have joined and have not left. */
    static Crowd at(Meeting meeting, int atMs) {
        Map<Integer, int[]> counts = new TreeMap<>();
        int[] all = new int[4];
        for (int number = 0; number < meeting.people().size(); number++) {
            Person person = meeting.people().get(number);
            if (person.joinMs() <= atMs && atMs < person.leaveMs()) {
                boolean shares = meeting.screenShared() && number == 0;
                count(counts.computeIfAbsent(person.metro(), metro -> new int[4]), person, shares);
                count(all, person, shares);
            }
        }
        Media media = Media.of(all[0], all[1], all[2], meeting.view(), all[3] > 0);
        List<Group> groups = new ArrayList<>();
        counts.forEach((metro, of) -> {
            double upPackets = media.upPackets(of[1], of[2], of[3]);
            groups.add(new Group(
                    metro,
                    of[0],
                    media.downKbps(of[0], of[1], of[2], of[3]),
                    media.upKbps(of[1], of[2], of[3]),
                    media.downPackets(of[0], of[1], of[2], of[3]) + upPackets,
                    upPackets));
        });
        return new Crowd(
                groups.stream()
                        .sorted(Comparator.comparingInt(Group::people).reversed())
                        .collect(Collectors.toList()),
                all[0]);
    }

    /** People, cameras, microphones, screens. */
    private static void count(int[] counts, Person person, boolean shares) {
        counts[0]++;
        counts[1] += person.video() ? 1 : 0;
        counts[2] += person.audio() ? 1 : 0;
        counts[3] += shares ? 1 : 0;
    }

    double pairs() {
        return people * (people - 1) / 2.0;
    }
}
