package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How many bridges there should be. */
class AutoscaleTest {
    private static final Instant MONDAY_NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final FocusViewFake focus = FocusViewFake.healthy();
    private final Autoscale autoscale = new Autoscale(0.6);

    private Autoscale.Wanted wanted(Instant at, BridgesFake... bridges) {
        show(at, bridges);
        return wanted();
    }

    private Autoscale.Wanted wanted() {
        return Objects.requireNonNull(autoscale.wanted(focus.snapshot()).get("eu"));
    }

    private void show(Instant at, BridgesFake... bridges) {
        focus.at = at;
        focus.bridges = Arrays.stream(bridges).map(bridge -> bridge.at(at)).toList();
    }

    private void sampled(Instant at, int people) {
        show(at, BridgesFake.in("eu", "jvb1").stressed(0.01 * people).people(people));
        autoscale.sample(focus.snapshot());
    }

    private static BridgesFake jvb(int number) {
        return BridgesFake.in("eu", "jvb" + number);
    }

    @Test
    void asManyBridgesAreWantedAsTheLoadNeedsAtTheTarget() {
        Autoscale.Wanted busy = wanted(MONDAY_NOON, jvb(1).stressed(0.9), jvb(2).stressed(0.6));
        assertThat(busy.bridges()).isEqualTo(2);
        assertThat(busy.wantedNow()).isEqualTo(3);
        assertThat(busy.wantedInTenMinutes()).isEqualTo(3);
        assertThat(busy.cheapest()).as("none is too many").isEmpty();
        assertThat(busy.reason()).isEqualTo("stress 1.50 over a target of 0.60");
        assertThat(wanted(MONDAY_NOON, jvb(1).stressed(0.6)).wanted()).isOne();
        assertThat(wanted(MONDAY_NOON, jvb(1)).wanted()).as("one to begin with").isOne();
    }

    @Test
    void theBridgeWithTheFewestPeopleIsTheCheapestToDrain() {
        Autoscale.Wanted idle = wanted(
                MONDAY_NOON,
                jvb(1).people(5),
                jvb(2).people(3).stressed(0.2),
                jvb(3).people(3).stressed(0.1));
        assertThat(idle.wanted()).isOne();
        assertThat(idle.cheapest()).contains("jvb3");
    }

    @Test
    void peopleOnABridgeThatDrainsWillBeOnTheOthers() {
        Autoscale.Wanted draining = wanted(
                MONDAY_NOON,
                jvb(1).stressed(0.5).people(50),
                jvb(2).stressed(0.5).people(50).draining());
        assertThat(draining.bridges()).isOne();
        assertThat(draining.people()).isEqualTo(100);
        assertThat(draining.wanted()).isEqualTo(2);
    }

    @Test
    void aBridgeOfUnknownLoadIsBusyAndIsNotToBeDrained() {
        Autoscale.Wanted unknown = wanted(MONDAY_NOON, jvb(1).unknown(), jvb(2).unknown(), jvb(3).unknown());
        assertThat(unknown.unknown()).isEqualTo(3);
        assertThat(unknown.wanted()).isEqualTo(3);
        assertThat(unknown.reason()).contains("3 of unknown load count as busy");
        Autoscale.Wanted partly = wanted(
                MONDAY_NOON,
                jvb(1).unknown(),
                jvb(2).stressed(0.3).people(9),
                jvb(3).stressed(0.2).people(8));
        assertThat(partly.wanted()).isEqualTo(2);
        assertThat(partly.cheapest()).contains("jvb3");
    }

    @Test
    void aBridgeThatIsSilentForAMinuteIsUnknown() {
        show(MONDAY_NOON, jvb(1).stressed(0.1), jvb(2).stressed(0.1));
        focus.at = MONDAY_NOON.plus(Autoscale.SILENCE);
        assertThat(wanted().unknown()).isEqualTo(2);
        assertThat(wanted().wanted()).isEqualTo(2);
    }

    @Test
    void asManyMorePeopleAreExpectedAsCameInTheLastTenMinutes() {
        for (int minute = 0; minute <= 20; minute++) {
            sampled(MONDAY_NOON.plus(Duration.ofMinutes(minute)), 10 + 4 * minute);
        }
        Autoscale.Wanted growing = wanted(
                MONDAY_NOON.plus(Duration.ofMinutes(20)), jvb(1).stressed(0.9).people(90));
        assertThat(growing.peopleInTenMinutes()).isEqualTo(130);
        assertThat(growing.wantedNow()).isEqualTo(2);
        assertThat(growing.wantedInTenMinutes()).isEqualTo(3);
        assertThat(growing.wanted()).isEqualTo(3);
        assertThat(growing.reason()).endsWith("40 people more as in the last ten minutes");
    }

    @Test
    void fewerPeopleAreNotExpected() {
        for (int minute = 0; minute <= 10; minute++) {
            sampled(MONDAY_NOON.plus(Duration.ofMinutes(minute)), 100 - 9 * minute);
        }
        Autoscale.Wanted leaving = wanted(
                MONDAY_NOON.plus(Duration.ofMinutes(10)), jvb(1).stressed(0.1).people(10));
        assertThat(leaving.peopleInTenMinutes()).isEqualTo(10);
    }

    @Test
    void theTimeOfTheWeekIsLearnt() {
        Instant start = MONDAY_NOON.minus(Duration.ofHours(12));
        for (int hour = 0; hour <= 7 * 24; hour++) {
            sampled(start.plus(Duration.ofHours(hour)), hour == 9 ? 120 : 12);
        }
        Instant nextMonday = start.plus(Duration.ofDays(7)).plus(Duration.ofHours(9));
        for (int minute = -12; minute < 0; minute++) {
            sampled(nextMonday.plus(Duration.ofMinutes(minute)), 12);
        }
        Autoscale.Wanted before = wanted(
                nextMonday.minus(Duration.ofMinutes(1)), jvb(1).stressed(0.12).people(12));
        assertThat(before.peopleInTenMinutes())
                .as("a sixth of the way from 12 to 120")
                .isEqualTo(12 + 18);
        assertThat(before.reason()).endsWith("as at this time of other weeks");
    }

    @Test
    void halfOfWhatIsUsualIsThisWeeks() {
        WeekTable week = new WeekTable();
        Instant nine = Instant.parse("2026-03-02T09:30:00Z");
        for (int i = 0; i < 3; i++) {
            Instant at = nine.plus(Duration.ofDays(7L * i));
            week.add("eu", at, i == 1 ? 40 : 20);
            week.add("eu", at.plus(Duration.ofHours(1)), 0);
        }
        assertThat(week.usual("eu", nine)).hasValue(25);
        assertThat(week.usual("us", nine)).isEmpty();
        assertThat(week.usual("eu", nine.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void onlySoManyRegionsAreLearnt() {
        WeekTable week = new WeekTable();
        for (int i = 0; i < 2 * WeekTable.MOST_REGIONS; i++) {
            week.add("r" + i, MONDAY_NOON, 1);
            week.add("r" + i, MONDAY_NOON.plus(Duration.ofHours(1)), 1);
            week.add("r" + i, MONDAY_NOON.plus(Duration.ofHours(2)), 1);
        }
        Instant between = MONDAY_NOON.plus(Duration.ofMinutes(60));
        assertThat(week.usual("r" + (WeekTable.MOST_REGIONS - 1), between)).hasValue(1);
        assertThat(week.usual("r" + WeekTable.MOST_REGIONS, between)).isEmpty();
    }

    @Test
    void theDocumentShowsWhatIsAnswered() throws Exception {
        String document = Files.readString(Path.of("../docs/autoscaling.md"));
        int start = document.indexOf("```json") + 7;
        JsonNode shown = JsonMapper.shared().readTree(document.substring(start, document.indexOf("```", start)));
        show(FocusViewFake.NOW, jvb(1).stressed(0.9), BridgesFake.in("us", "jvb2"), BridgesFake.in("us", "jvb3"));
        try (HttpFixture http = new HttpFixture(focus)) {
            JsonNode answered = HttpFixture.json(http.get("/autoscale"));
            assertThat(answered.propertyNames()).isEqualTo(shown.propertyNames());
            assertThat(answered.path("regions").path("us").propertyNames())
                    .isEqualTo(shown.path("regions").path("us-east-1").propertyNames());
            assertThat(answered.path("regions").path("eu").propertyNames())
                    .isEqualTo(shown.path("regions").path("eu-west-1").propertyNames());
        }
        assertThat(document).contains("valueLocation: \"wanted\"", "jq -e .wanted", "jq -e .missing");
    }

    @Test
    void thePageHasEachRegionAndTheSums() throws Exception {
        show(
                FocusViewFake.NOW,
                jvb(1).stressed(0.9).people(90),
                BridgesFake.in("us", "jvb2").stressed(0.1).people(4),
                BridgesFake.in("us", "jvb3"));
        try (HttpFixture http = new HttpFixture(focus)) {
            HttpResponse<String> all = http.get("/autoscale");
            assertThat(all.statusCode()).isEqualTo(200);
            assertThat(HttpFixture.json(all).path("wanted").asInt()).isEqualTo(3);
            assertThat(HttpFixture.json(all).path("bridges").asInt()).isEqualTo(3);
            assertThat(HttpFixture.json(all).path("regions").propertyNames()).containsExactly("eu", "us");
            assertThat(http.get("/autoscale/us").body())
                    .isEqualTo("{\"bridges\":2,\"unknown\":0,\"people\":4,\"peopleInTenMinutes\":4,\"stress\":0.1,"
                            + "\"wantedNow\":1,\"wantedInTenMinutes\":1,\"wanted\":1,\"missing\":-1,"
                            + "\"reason\":\"stress 0.10 over a target of 0.60\",\"cheapestToDrain\":\"jvb3\"}");
            assertThat(http.get("/autoscale/nowhere").statusCode()).isEqualTo(404);
        }
    }
}
