package org.confocal.tests.placement;

import java.util.List;

/** One conference at a moment, for a map. */
record Portrait(List<Group> groups, List<Link> links) {
    /** So many people of a metro on bridges of a region. */
    record Group(int metro, int region, int people) {}

    /** Bridges of two regions are linked. */
    record Link(int from, int to) {}

    static final Portrait EMPTY = new Portrait(List.of(), List.of());

    /** Which meeting is to be drawn, and when, in milliseconds since the run began. */
    record Wish(int meeting, int atMs) {
        /** Of a workload: a meeting of five to twelve people from most regions, ten minutes after its start. */
        static Wish of(Workload workload, Geography geography) {
            Wish best = new Wish(-1, 0);
            long most = 0;
            for (Meeting meeting : workload.meetings()) {
                int size = meeting.people().size();
                long regions = meeting.people().stream()
                        .mapToInt(person -> geography.nearestRegion(person.metro()))
                        .distinct()
                        .count();
                int atMs = meeting.people().getFirst().joinMs() + 600_000;
                boolean there =
                        meeting.people().stream().allMatch(person -> person.joinMs() < atMs && person.leaveMs() > atMs);
                if (size >= 5 && size <= 12 && there && regions > most) {
                    best = new Wish(meeting.number(), atMs);
                    most = regions;
                }
            }
            return best;
        }
    }
}
