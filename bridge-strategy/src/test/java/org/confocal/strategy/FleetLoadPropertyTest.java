package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.id;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The fleet against an oracle that keeps every event and adds them up anew for each question. */
class FleetLoadPropertyTest {
    private static final int BRIDGES = 3;
    private static final RoomId OTHER = new RoomId("retro@muc.example.org");

    enum Kind {
        REPORTED,
        LEFT,
        RESERVED,
        RELEASED
    }

    /** Something happens {@code afterMillis} after the last. */
    record Event(Kind kind, int bridge, int person, long afterMillis, double figure) {}

    @Property(tries = 1500)
    void loadAndSeatsAreWhatTheEventsAddUpTo(@ForAll("events") List<Event> events) {
        follow(events);
    }

    /** Big enough figures that every sum of doubles loses digits; still no NaN, and nothing below zero. */
    @Property(tries = 500)
    void extremeFiguresStayFiniteAndNotNegative(@ForAll("extremes") List<Event> events) {
        FleetSnapshot fleet = FleetSnapshot.empty(FleetConfig.DEFAULTS);
        Instant now = NOW;
        for (Event event : events) {
            now = now.plusMillis(event.afterMillis);
            fleet = apply(fleet, event, now);
            for (BridgeSnapshot bridge : fleet.bridges()) {
                assertThat(fleet.stress(bridge, now)).isFinite().isNotNegative();
                assertThat(fleet.reportedStress(bridge)).isFinite().isNotNegative();
            }
        }
    }

    private static void follow(List<Event> events) {
        FleetSnapshot fleet = FleetSnapshot.empty(FleetConfig.DEFAULTS);
        Oracle oracle = new Oracle();
        Instant now = NOW;
        for (Event event : events) {
            now = now.plusMillis(event.afterMillis);
            fleet = apply(fleet, event, now);
            oracle.apply(event, now);
            compare(fleet, oracle, now);
            // Looking ahead must not need a further event.
            compare(fleet, oracle, now.plusMillis(7_300));
        }
    }

    private static void compare(FleetSnapshot fleet, Oracle oracle, Instant at) {
        assertThat(fleet.bridges()).hasSize(oracle.stays.size());
        assertThat(fleet.reservations()).isEqualTo(oracle.seated());
        for (int number = 0; number < BRIDGES; number++) {
            BridgeId id = bridgeId(number);
            Optional<BridgeSnapshot> bridge = fleet.bridge(id);
            assertThat(bridge.isPresent()).isEqualTo(oracle.stays.containsKey(number));
            assertThat(fleet.endpoints(id)).isEqualTo(oracle.endpoints(number)).isNotNegative();
            assertThat(fleet.countingReservations(id, at)).isEqualTo(oracle.counting(number, at));
            if (bridge.isPresent()) {
                assertThat(fleet.stress(bridge.get(), at))
                        .isNotNegative()
                        .isCloseTo(oracle.stress(number, at), within(1e-9));
            }
        }
    }

    private static FleetSnapshot apply(FleetSnapshot fleet, Event event, Instant now) {
        BridgeId bridge = bridgeId(event.bridge);
        RoomId room = room(event.person);
        EndpointId endpoint = endpoint("p" + event.person / 2);
        return switch (event.kind) {
            case REPORTED -> fleet.reported(bridge, report(event.figure), now);
            case LEFT -> fleet.left(bridge);
            case RESERVED -> fleet.reserved(bridge, room, endpoint, now);
            case RELEASED -> fleet.released(bridge, room, endpoint, now);
        };
    }

    private static BridgeId bridgeId(int number) {
        return id("jvb" + number);
    }

    /** Two people share an endpoint id, in different rooms. */
    private static RoomId room(int person) {
        return person % 2 == 0 ? ROOM : OTHER;
    }

    /** Both figures in one: a stress, and a tenth of it as what a participant costs. */
    private static BridgeReport report(double figure) {
        return new BridgeReport(
                OptionalDouble.of(figure),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(figure / 10),
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return events(Arbitraries.doubles().between(0, 1.5).ofScale(3));
    }

    @Provide
    Arbitrary<List<Event>> extremes() {
        return events(Arbitraries.of(0.0, Double.MIN_VALUE, 1e-300, 1.0, 1e9 - 1, 1e9));
    }

    private static Arbitrary<List<Event>> events(Arbitrary<Double> figures) {
        Arbitrary<Kind> kinds = Arbitraries.of(
                Kind.REPORTED,
                Kind.REPORTED,
                Kind.RESERVED,
                Kind.RESERVED,
                Kind.RESERVED,
                Kind.RELEASED,
                Kind.RELEASED,
                Kind.LEFT);
        Arbitrary<Long> pauses = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(0L)),
                Tuple.of(5, Arbitraries.longs().between(1, 8_000)),
                Tuple.of(1, Arbitraries.longs().between(15_000, 40_000)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, BRIDGES - 1),
                        Arbitraries.integers().between(0, 5),
                        pauses,
                        figures)
                .as(Event::new)
                .list()
                .ofMaxSize(80);
    }

    /** Every reservation ever made, in plain lists; questions are answered by adding all of them up. */
    private static final class Oracle {
        private static final class Stay {
            double reported;
            double perPerson;
            final List<Reservation> reservations = new ArrayList<>();
        }

        private static final class Reservation {
            final int person;
            final long madeAt;
            final double load;
            long releasedAt = Long.MAX_VALUE;

            Reservation(int person, long madeAt, double load) {
                this.person = person;
                this.madeAt = madeAt;
                this.load = load;
            }

            boolean held() {
                return releasedAt == Long.MAX_VALUE;
            }

            double share(long at) {
                if (held()) {
                    return unreported(tick(madeAt), at);
                }
                double inReports = 1 - unreported(tick(madeAt), releasedAt);
                return -inReports * unreported(tick(releasedAt), at);
            }
        }

        final Map<Integer, Stay> stays = new HashMap<>();
        private final Map<Integer, Integer> bridgeOfPerson = new HashMap<>();
        private final Map<Integer, Stay> stayOfPerson = new HashMap<>();

        void apply(Event event, Instant now) {
            long at = now.toEpochMilli();
            switch (event.kind) {
                case REPORTED -> {
                    Stay stay = stays.computeIfAbsent(event.bridge, number -> new Stay());
                    stay.reported = event.figure;
                    stay.perPerson = event.figure / 10;
                }
                case LEFT -> stays.remove(event.bridge);
                case RESERVED -> {
                    vacate(event.person, at);
                    Stay stay = stays.get(event.bridge);
                    if (stay != null) {
                        stay.reservations.add(new Reservation(event.person, at, stay.perPerson));
                        bridgeOfPerson.put(event.person, event.bridge);
                        stayOfPerson.put(event.person, stay);
                    }
                }
                case RELEASED -> {
                    Integer seat = bridgeOfPerson.get(event.person);
                    if (seat != null && seat == event.bridge) {
                        vacate(event.person, at);
                    }
                }
            }
        }

        private void vacate(int person, long at) {
            bridgeOfPerson.remove(person);
            Stay stay = stayOfPerson.remove(person);
            if (stay != null) {
                for (Reservation reservation : stay.reservations) {
                    if (reservation.person == person && reservation.held()) {
                        reservation.releasedAt = at;
                    }
                }
            }
        }

        int seated() {
            return bridgeOfPerson.size();
        }

        int endpoints(int bridge) {
            return (int) reservations(bridge).stream().filter(Reservation::held).count();
        }

        int counting(int bridge, Instant at) {
            return (int) reservations(bridge).stream()
                    .filter(reservation -> reservation.held() && reservation.share(at.toEpochMilli()) > 0)
                    .count();
        }

        double stress(int bridge, Instant at) {
            @Nullable Stay stay = stays.get(bridge);
            double sum = stay == null ? 0 : stay.reported;
            for (Reservation reservation : reservations(bridge)) {
                sum += reservation.load * reservation.share(at.toEpochMilli());
            }
            return sum < 0 ? 0 : sum;
        }

        private List<Reservation> reservations(int bridge) {
            @Nullable Stay stay = stays.get(bridge);
            return stay == null ? List.of() : stay.reservations;
        }

        private static long tick(long millis) {
            return millis - millis % 100;
        }

        /** 5 s in full, then 15 s down to nothing. */
        private static double unreported(long since, long at) {
            double seconds = (at - since) / 1000.0;
            return Math.max(0, Math.min(1, (20 - seconds) / 15));
        }
    }
}
