package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.tests.placement.Meeting.View;
import org.junit.jupiter.api.Test;

/** Small conferences whose bill and round trips were worked out by hand. */
class CallTest {
    private static final Geography GEOGRAPHY = Geography.world();
    private static final int HOUR_MS = 3_600_000;
    private static final int VIRGINIA = GEOGRAPHY.regionCalled("us-east-1");
    private static final int MUMBAI = GEOGRAPHY.regionCalled("ap-south-1");

    private final List<Machine> machines = List.of(
            Machine.of(0, VIRGINIA, GEOGRAPHY, Optional.empty(), 100_000),
            Machine.of(1, MUMBAI, GEOGRAPHY, Optional.empty(), 100_000),
            Machine.of(2, VIRGINIA, GEOGRAPHY, Optional.empty(), 50_000));
    private final World world = World.of(GEOGRAPHY, machines, EgressPrices.aws());
    private final Loads loads = new Loads(machines);
    private final Tally tally = new Tally();

    private static Person person(String metro) {
        return new Person(0, HOUR_MS, GEOGRAPHY.metroCalled(metro), true, true);
    }

    private Call call(String... metros) {
        List<Person> people = new ArrayList<>();
        for (String metro : metros) {
            people.add(person(metro));
        }
        return new Call(new Meeting(0, Meeting.room(0), people, View.SPEAKER, false), world, loads, tally, 0);
    }

    @Test
    void twoOnTwoBridgesPayTheInternetTwiceAndTheRelayBothWays() {
        Call call = call("Washington", "Mumbai");
        call.enter(0, machines.get(0), 0);
        call.enter(1, machines.get(1), 0);
        call.settle(HOUR_MS);

        // Each receives 1,540 kbit/s and sends 2,240 kbit/s: 0.45 GB an hour for each Mbit/s.
        assertThat(call.result().internetUsd()).isCloseTo(0.45 * 1.54 * (0.09 + 0.1093), within(1e-9));
        assertThat(call.result().relayUsd()).isCloseTo(0.45 * 2.24 * (0.02 + 0.086), within(1e-9));
        double access = GEOGRAPHY.accessMs(GEOGRAPHY.metroCalled("Washington"), VIRGINIA)
                + GEOGRAPHY.accessMs(GEOGRAPHY.metroCalled("Mumbai"), MUMBAI);
        assertThat(call.result().meanMs()).isCloseTo(access + 185.9, within(1e-6));
        assertThat(tally.hopMsSum / tally.personMs).isCloseTo(access / 2, within(1e-6));
        assertThat(tally.personHours()).isCloseTo(2, within(1e-9));
    }

    @Test
    void oneBridgeHasNoRelayAndTheFarOneGoesAllTheWay() {
        Call call = call("Washington", "Mumbai");
        call.enter(0, machines.get(0), 0);
        call.enter(1, machines.get(0), 0);
        call.settle(HOUR_MS);

        assertThat(call.result().relayUsd()).isZero();
        assertThat(call.result().internetUsd()).isCloseTo(0.45 * 1.54 * 2 * 0.09, within(1e-9));
        assertThat(call.result().meanMs())
                .isCloseTo(
                        GEOGRAPHY.accessMs(GEOGRAPHY.metroCalled("Washington"), VIRGINIA)
                                + GEOGRAPHY.accessMs(GEOGRAPHY.metroCalled("Mumbai"), VIRGINIA),
                        within(1e-6));
    }

    @Test
    void everySenderGoesToEveryBridgeOfTheMesh() {
        Call call = call("Washington", "Mumbai", "Washington");
        for (int i = 0; i < 3; i++) {
            call.enter(i, machines.get(i), 0);
        }

        // Three cameras: each up 200 + 50; each down 300 + 100 + 2 x 50; relayed to two others, and from two others.
        assertThat(loads.packets(machines.get(0))).isCloseTo(250 + 500 + 2 * 250 + 2 * 250, within(1e-6));
        assertThat(loads.stress(machines.get(2))).isCloseTo(1750 / 50_000.0, within(1e-9));
    }

    @Test
    void roundTripsAreWeightedByPairsAndTime() {
        Call call = call("Washington", "Washington", "Mumbai");
        call.enter(0, machines.get(0), 0);
        call.enter(1, machines.get(0), 0);
        call.enter(2, machines.get(0), HOUR_MS / 2);
        call.settle(HOUR_MS);

        double near = 2 * GEOGRAPHY.accessMs(GEOGRAPHY.metroCalled("Washington"), VIRGINIA);
        double far = near / 2 + GEOGRAPHY.accessMs(GEOGRAPHY.metroCalled("Mumbai"), VIRGINIA);
        assertThat(call.result().meanMs()).isCloseTo((near + near + 2 * far) / 4, within(1e-6));
        // By people: in the second half hour everybody weighs 1, and two thirds of the pairs are far.
        double secondHalf = (near + 2 * far) / 3;
        assertThat(tally.roundTripMsSum / tally.roundTripWeight)
                .isCloseTo((2 * near + 3 * secondHalf) / 5, within(1e-6));
    }

    @Test
    void theBooksAreThoseOfAConferenceThatIsSetUpAnew() {
        SplittableRandom random = new SplittableRandom(3);
        String[] metros = new String[40];
        for (int i = 0; i < metros.length; i++) {
            metros[i] = GEOGRAPHY.metros().get(random.nextInt(42)).name();
        }
        Call call = call(metros);
        for (int step = 0; step < 2_000; step++) {
            int who = random.nextInt(metros.length);
            if (call.seat(who).isPresent()) {
                call.leave(who, step);
            } else {
                call.enter(who, machines.get(random.nextInt(machines.size())), step);
            }
            if (step % 100 == 0) {
                compare(call);
            }
        }
        for (int i = 0; i < metros.length; i++) {
            call.leave(i, 2_000);
        }
        assertThat(machines).allSatisfy(machine -> {
            assertThat(loads.packets(machine)).isCloseTo(0, within(1e-6));
            assertThat(loads.people(machine)).isZero();
        });
    }

    private void compare(Call call) {
        Loads fresh = new Loads(machines);
        Call again = new Call(call.meeting(), world, fresh, new Tally(), 0);
        for (int i = 0; i < call.meeting().people().size(); i++) {
            int person = i;
            call.seat(i).ifPresent(machine -> again.enter(person, machine, 0));
        }
        assertThat(machines).allSatisfy(machine -> {
            assertThat(loads.packets(machine)).isCloseTo(fresh.packets(machine), within(1e-6));
            assertThat(loads.people(machine)).isEqualTo(fresh.people(machine));
        });
    }
}
