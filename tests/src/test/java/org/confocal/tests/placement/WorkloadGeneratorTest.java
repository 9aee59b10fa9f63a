package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.confocal.tests.placement.Workload.Arrival;
import org.junit.jupiter.api.Test;

/** Against placement.md, section 5. */
class WorkloadGeneratorTest {
    private static final Geography GEOGRAPHY = Geography.world();
    private static final Workload DAY = new WorkloadGenerator(GEOGRAPHY).generate(Scenario.day(400), 7);

    private static double share(Predicate<Meeting> which) {
        return (double) DAY.meetings().stream().filter(which).count()
                / DAY.meetings().size();
    }

    private static long metros(Meeting meeting) {
        return meeting.people().stream().mapToInt(Person::metro).distinct().count();
    }

    @Test
    void theSameSeedGivesTheSameDay() {
        assertThat(new WorkloadGenerator(GEOGRAPHY).generate(Scenario.day(400), 7))
                .isEqualTo(DAY);
        assertThat(new WorkloadGenerator(GEOGRAPHY).generate(Scenario.day(400), 8))
                .isNotEqualTo(DAY);
    }

    @Test
    void sizesAreMixedAsAssumed() {
        assertThat(share(meeting -> meeting.people().size() == 2)).isCloseTo(0.45, within(0.03));
        assertThat(share(meeting -> meeting.people().size() <= 6)).isCloseTo(0.80, within(0.03));
        assertThat(share(meeting -> meeting.people().size() > 20)).isCloseTo(0.05, within(0.015));
    }

    @Test
    void aboutHalfOfTheConferencesAreOfOneMetro() {
        assertThat(share(meeting -> metros(meeting) == 1)).isBetween(0.50, 0.60);
        List<Meeting> larger = DAY.meetings().stream()
                .filter(meeting -> meeting.people().size() > 6)
                .toList();
        long spread = larger.stream().filter(meeting -> metros(meeting) >= 3).count();
        assertThat((double) spread / larger.size()).isCloseTo(0.17, within(0.04));
    }

    @Test
    void mostPeopleComeInTheFirstFiveMinutes() {
        long all = 0;
        long early = 0;
        for (Meeting meeting : DAY.meetings()) {
            int start = meeting.people().getFirst().joinMs();
            all += meeting.people().size();
            early += meeting.people().stream()
                    .filter(person -> person.joinMs() <= start + 300_000)
                    .count();
        }
        assertThat((double) early / all).isBetween(0.80, 0.90);
    }

    @Test
    void theBusiestFiveMinutesHaveAsManyConferencesAsTheScenarioSays() {
        // A few end before their time, because everybody has left.
        int interval = 300_000;
        int[] there = new int[DAY.lengthMs() / interval + 1];
        for (Meeting meeting : DAY.meetings()) {
            int end = meeting.people().stream().mapToInt(Person::leaveMs).max().orElseThrow();
            for (int ms = meeting.people().getFirst().joinMs(); ms < Math.min(end, DAY.lengthMs()); ms += interval) {
                there[ms / interval]++;
            }
        }
        assertThat(Arrays.stream(there).max().orElseThrow()).isBetween(340, 440);
    }

    @Test
    void everyHourHasATownHall() {
        assertThat(DAY.meetings().stream()
                        .filter(meeting ->
                                meeting.people().stream().filter(Person::video).count() == 8
                                        && meeting.people().size() >= 100))
                .hasSizeBetween(20, 60);
    }

    @Test
    void arrivalsAreInOrderAndUnpackToWhatWasPacked() {
        long arrival = Arrival.pack(86_399_999, 1_000_000, 2_000, true);

        assertThat(Arrival.atMs(arrival)).isEqualTo(86_399_999);
        assertThat(Arrival.meeting(arrival)).isEqualTo(1_000_000);
        assertThat(Arrival.person(arrival)).isEqualTo(2_000);
        assertThat(Arrival.joins(arrival)).isTrue();
        assertThat(DAY.arrivals()).isSorted();
    }
}
