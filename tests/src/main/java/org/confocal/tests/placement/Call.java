package org.confocal.tests.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.Audience;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.cascade.CascadeMember;
import org.jspecify.annotations.Nullable;

/**
 * One conference while it takes place: who is on which bridge, what that costs by the second, and how far people are from
 * each other. Mutable. Every change first accounts for the time since the one before, so costs and round trips are exact
 * integrals over time.
 *
 * <p>People of one metro on one bridge are one group, so that pairs are counted by groups.
 */
final class Call {
    private final Meeting meeting;
    private final World world;
    private final Loads loads;
    private final Tally tally;
    private final List<Part> parts = new ArrayList<>(2);
    private final @Nullable Part[] seats;
    private final int startedMs;
    private final Groups groups = new Groups();
    private List<Wiring> wirings;
    private boolean bridgesChanged;
    private Wiring wiring;
    private List<Machine> machines = List.of();
    private int people;
    private int cameras;
    private int microphones;
    private boolean screenShared;
    private JoinRate joins = JoinRate.NONE;

    private int gone;
    private int sinceMs;
    private double internetUsdPerMs;
    private double relayUsdPerMs;

    private double internetUsd;
    private double relayUsd;
    private double pairMsSum;
    private double pairWeight;
    private double personMsSum;
    private double personWeight;
    private boolean overloaded;

    Call(Meeting meeting, World world, Loads loads, Tally tally, int startedMs) {
        this.meeting = meeting;
        this.startedMs = startedMs;
        this.world = world;
        this.loads = loads;
        this.tally = tally;
        wiring = Wiring.mesh(machines, world.geography());
        wirings = List.of(wiring);
        seats = new Part[meeting.people().size()];
    }

    Meeting meeting() {
        return meeting;
    }

    int startedMs() {
        return startedMs;
    }

    int people() {
        return people;
    }

    int bridges() {
        return parts.size();
    }

    /** Where somebody is; empty for who is not in the conference. */
    Optional<Machine> seat(int person) {
        return Optional.ofNullable(seats[person]).map(part -> part.machine);
    }

    int peopleOn(Machine machine) {
        for (Part part : parts) {
            if (part.machine.number() == machine.number()) {
                return part.people;
            }
        }
        return 0;
    }

    /** The regions of its bridges, in the order in which the bridges joined. */
    int[] regions() {
        return parts.stream().mapToInt(part -> part.machine.region()).toArray();
    }

    /** Those who are on a bridge, by their number. */
    List<Integer> whoIsOn(Machine machine) {
        List<Integer> people = new ArrayList<>();
        for (int i = 0; i < seats.length; i++) {
            Part part = seats[i];
            if (part != null && part.machine.number() == machine.number()) {
                people.add(i);
            }
        }
        return people;
    }

    /** The conference as the focus sees it. */
    ConferenceShape shape(Instant startedAt) {
        List<BridgeUse> uses = new ArrayList<>(parts.size());
        for (Part part : parts) {
            uses.add(part.use(world.geography()));
        }
        return new ConferenceShape(startedAt, uses, joins, Optional.empty());
    }

    void somebodyJoins(Instant at) {
        joins = joins.joined(at);
    }

    void somebodyIsGone() {
        gone++;
    }

    /** Whether everybody who was to come has come and gone. */
    boolean isOver() {
        return gone == seats.length;
    }

    void enter(int person, Machine machine, int nowMs) {
        if (seats[person] != null) {
            throw new IllegalStateException(person + " is in " + meeting.room() + " already");
        }
        settle(nowMs);
        Part part = partOn(machine);
        seats[person] = part;
        count(person, part, 1, nowMs);
        refresh(nowMs);
    }

    void leave(int person, int nowMs) {
        Part part = seats[person];
        if (part == null) {
            return;
        }
        settle(nowMs);
        seats[person] = null;
        count(person, part, -1, nowMs);
        if (part.people == 0) {
            loads.change(part.machine, -part.packets, 0, nowMs);
            parts.remove(part);
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).position = i;
            }
            bridgesChanged = true;
        }
        refresh(nowMs);
    }

    private Part partOn(Machine machine) {
        for (Part part : parts) {
            if (part.machine.number() == machine.number()) {
                return part;
            }
        }
        Part part = new Part(machine, world.geography().regions().size());
        part.position = parts.size();
        parts.add(part);
        bridgesChanged = true;
        return part;
    }

    private void count(int number, Part part, int change, int nowMs) {
        Person person = meeting.people().get(number);
        boolean shares = meeting.screenShared() && number == 0;
        part.count(person, shares, world.geography().nearestRegion(person.metro()), change);
        groups.count(person.metro(), part, change);
        people += change;
        cameras += person.video() ? change : 0;
        microphones += person.audio() ? change : 0;
        screenShared ^= shares;
        loads.change(part.machine, 0, change, nowMs);
    }

    /** Works out what flows now. */
    private void refresh(int nowMs) {
        Media media = Media.of(people, cameras, microphones, meeting.view(), screenShared);
        int count = parts.size();
        double[] upKbps = new double[count];
        double[] upPackets = new double[count];
        double[] packets = new double[count];
        internetUsdPerMs = 0;
        for (int i = 0; i < count; i++) {
            Part part = parts.get(i);
            upKbps[i] = media.upKbps(part.cameras, part.microphones, part.sharers);
            upPackets[i] = media.upPackets(part.cameras, part.microphones, part.sharers);
            packets[i] = upPackets[i] + media.downPackets(part.people, part.cameras, part.microphones, part.sharers);
            internetUsdPerMs += world.tariffs().internet(part.machine)
                    * media.downKbps(part.people, part.cameras, part.microphones, part.sharers);
        }
        if (bridgesChanged) {
            rewire(upKbps);
        }
        chooseWiring(upKbps);
        for (Wiring.Flow flow : wiring.flows()) {
            double perSecond = flow.carried(upPackets);
            packets[flow.from] += perSecond;
            packets[flow.to] += perSecond;
        }
        for (int i = 0; i < count; i++) {
            Part part = parts.get(i);
            if (packets[i] != part.packets) {
                loads.change(part.machine, packets[i] - part.packets, 0, nowMs);
                part.packets = packets[i];
            }
        }
    }

    private void rewire(double[] upKbps) {
        bridgesChanged = false;
        machines = parts.stream().map(part -> part.machine).toList();
        List<CascadeMember> members = new ArrayList<>(parts.size());
        for (int i = 0; i < upKbps.length; i++) {
            Machine machine = machines.get(i);
            members.add(new CascadeMember(
                    machine.id(),
                    machine.kind(),
                    Audience.PARTICIPANT,
                    parts.get(i).people,
                    1000 * upKbps[i],
                    loads.stress(machine)));
        }
        wirings = world.topology().wirings(wiring, machines, members);
    }

    private void chooseWiring(double[] upKbps) {
        wiring = wirings.getFirst();
        relayUsdPerMs = wiring.usdPerMs(machines, upKbps, world.tariffs());
        for (Wiring other : wirings.subList(1, wirings.size())) {
            double usdPerMs = other.usdPerMs(machines, upKbps, world.tariffs());
            if (usdPerMs < relayUsdPerMs) {
                wiring = other;
                relayUsdPerMs = usdPerMs;
            }
        }
    }

    /** What it costs now, in $ per millisecond. */
    double usdPerMs() {
        return internetUsdPerMs + relayUsdPerMs;
    }

    /** Mean round trip of all pairs over the backbone as it is now; 0 where there are none. */
    double meanMsNow() {
        double sum = 0;
        for (int a = 0; a < groups.size; a++) {
            for (int b = 0; b <= a; b++) {
                double pairs = a == b
                        ? groups.counts[a] * (groups.counts[a] - 1) / 2.0
                        : (double) groups.counts[a] * groups.counts[b];
                sum += pairs > 0 ? pairs * roundTripMs(a, b) : 0;
            }
        }
        return people > 1 ? sum / (people * (people - 1) / 2.0) : 0;
    }

    private double roundTripMs(int a, int b) {
        Part here = groups.part(a);
        Part there = groups.part(b);
        return accessMs(a) + accessMs(b) + (here == there ? 0 : wiring.pathMs(here.position, there.position));
    }

    private double accessMs(int group) {
        return world.geography()
                .accessMs(groups.metros[group], groups.part(group).machine.region());
    }

    /** Accounts for the time since the last change. */
    void settle(int nowMs) {
        double elapsed = nowMs - sinceMs;
        sinceMs = nowMs;
        if (elapsed == 0 || people == 0) {
            return;
        }
        internetUsd += internetUsdPerMs * elapsed;
        relayUsd += relayUsdPerMs * elapsed;
        tally.internetUsd += internetUsdPerMs * elapsed;
        tally.relayUsd += relayUsdPerMs * elapsed;
        tally.personMs += people * elapsed;
        tally.callMs += elapsed;
        tally.bridgeMs += parts.size() * elapsed;
        for (Part part : parts) {
            overloaded |= loads.stress(part.machine) > 1;
        }
        settleRoundTrips(elapsed);
    }

    private void settleRoundTrips(double elapsed) {
        double sum = 0;
        // So that all pairs of a person together weigh as much as the time that the person is there.
        double share = people > 1 ? 2.0 / (people - 1) : 0;
        for (int a = 0; a < groups.size; a++) {
            int count = groups.counts[a];
            double access = accessMs(a);
            tally.hops.add(access, count * elapsed);
            tally.hopMsSum += access * count * elapsed;
            for (int b = 0; b <= a; b++) {
                double weight = (a == b ? count * (count - 1) / 2.0 : (double) count * groups.counts[b]) * elapsed;
                if (weight > 0) {
                    double roundTrip = roundTripMs(a, b);
                    tally.pairs.add(roundTrip, weight * share);
                    sum += roundTrip * weight;
                }
            }
        }
        double weight = people * (people - 1) / 2.0 * elapsed;
        pairMsSum += sum;
        pairWeight += weight;
        personMsSum += sum * share;
        personWeight += weight * share;
        tally.roundTripMsSum += sum * share;
        tally.roundTripWeight += weight * share;
        tally.pairMsSum += sum;
        tally.pairWeight += weight;
    }

    /** Who is where, and which bridges are linked. */
    Portrait portrait() {
        List<Portrait.Group> where = new ArrayList<>();
        for (int i = 0; i < groups.size; i++) {
            where.add(
                    new Portrait.Group(groups.metros[i], groups.part(i).machine.region(), groups.counts[i]));
        }
        List<Portrait.Link> links = wiring.flows().stream()
                .filter(flow -> flow.from < flow.to)
                .map(flow -> new Portrait.Link(
                        machines.get(flow.from).region(), machines.get(flow.to).region()))
                .toList();
        return new Portrait(where, links);
    }

    /** Of the whole conference so far. */
    CallResult result() {
        return new CallResult(internetUsd, relayUsd, pairMsSum, pairWeight, personMsSum, personWeight, overloaded);
    }

    /** How many people of each metro are on each bridge. */
    private static final class Groups {
        int size;
        int[] metros = new int[4];
        int[] counts = new int[4];

        @Nullable
        Part[] parts = new Part[4];

        Part part(int group) {
            Part part = parts[group];
            if (part == null) {
                throw new IllegalStateException("no group " + group);
            }
            return part;
        }

        void count(int metro, Part part, int change) {
            int group = 0;
            while (group < size && (metros[group] != metro || parts[group] != part)) {
                group++;
            }
            if (group == size) {
                if (size == metros.length) {
                    metros = Arrays.copyOf(metros, 2 * size);
                    counts = Arrays.copyOf(counts, 2 * size);
                    parts = Arrays.copyOf(parts, 2 * size);
                }
                metros[size] = metro;
                counts[size] = 0;
                parts[size++] = part;
            }
            counts[group] += change;
            if (counts[group] == 0) {
                size--;
                metros[group] = metros[size];
                counts[group] = counts[size];
                parts[group] = parts[size];
                parts[size] = null;
            }
        }
    }
}
