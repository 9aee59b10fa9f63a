package org.confocal.strategy;

import java.util.ArrayList;
import java.util.List;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.LoadConfig.Learn;
import org.confocal.strategy.LoadConfig.Reserve;
import org.confocal.strategy.LoadLearning.Expected;

/**
 * What the load model expects of those who sit on the bridges, and what was learnt by comparing it with reports. Immutable.
 * A bridge is known by the number of its stay in the brewery, like {@link BridgeCell#number}.
 *
 * <p>Who joins or leaves changes what all of its conference costs, on each of its bridges. So an event costs the path to the
 * conference and to each bridge that carries it. How many of them send is as it was when the last one was placed.
 */
final class LoadBook {
    /** Of a bridge that should be as idle as this part of its capacity nothing is learnt. */
    private static final double TOO_IDLE = 0.05;

    /** Nor of one on which more than this part of what is expected has changed too lately to be in its reports. */
    private static final double TOO_YOUNG = 0.1;

    private final LoadConfig config;
    private final PersistentMap<RoomId, Conference> conferences;
    private final PersistentMap<Long, Expected> bridges;
    private final LoadLearning learning;
    /** The model with what was learnt. */
    private final LoadModel model;

    /** A conference's people on one bridge, and what they cost there. */
    private record Part(long bridge, int people, Expected expected) {}

    /**
     * One conference.
     *
     * @param one its crowd in proportion, with a size of one
     * @param parts by bridge, in the order in which they joined; none is empty
     */
    private record Conference(Crowd one, List<Part> parts) {
        Conference {
            parts = List.copyOf(parts);
        }

        int people() {
            int sum = 0;
            for (Part part : parts) {
                sum += part.people;
            }
            return sum;
        }
    }

    private LoadBook(
            LoadConfig config,
            PersistentMap<RoomId, Conference> conferences,
            PersistentMap<Long, Expected> bridges,
            LoadLearning learning,
            LoadModel model) {
        this.config = config;
        this.conferences = conferences;
        this.bridges = bridges;
        this.learning = learning;
        this.model = model;
    }

    static LoadBook empty(LoadConfig config) {
        return new LoadBook(config, PersistentMap.empty(), PersistentMap.empty(), LoadLearning.NONE, config.model());
    }

    /** Somebody was placed on a bridge. */
    LoadBook entered(long bridge, RoomId room, ConferenceShape shape) {
        return unused() ? this : changed(room, config.model().crowd(shape, 1), bridge, 1);
    }

    /** Somebody was placed on a bridge, and nothing is known of the conference but those who were placed before. */
    LoadBook entered(long bridge, RoomId room) {
        if (unused()) {
            return this;
        }
        Conference conference = conferences.get(room);
        LoadModel model = config.model();
        return changed(
                room,
                conference == null ? new Crowd(1, model.videoShare(), model.audioShare()) : conference.one,
                bridge,
                1);
    }

    /** Somebody is no longer on a bridge; no effect where nobody of that conference is. */
    LoadBook vacated(long bridge, RoomId room) {
        Conference conference = conferences.get(room);
        return conference == null || people(conference, bridge) == 0 ? this : changed(room, conference.one, bridge, -1);
    }

    /** The bridge left the brewery; those on it may be vacated one by one afterwards. */
    LoadBook closed(long bridge) {
        return new LoadBook(config, conferences, bridges.without(bridge), learning, model);
    }

    /** With constant load nobody asks. */
    private boolean unused() {
        return config.reserve() == Reserve.CONSTANT;
    }

    private LoadBook changed(RoomId room, Crowd one, long bridge, int by) {
        Conference old = conferences.get(room);
        PersistentMap<Long, Expected> sums = bridges;
        List<Part> parts = new ArrayList<>();
        boolean found = false;
        for (Part part : old == null ? List.<Part>of() : old.parts) {
            boolean here = part.bridge == bridge;
            found |= here;
            int people = part.people + (here ? by : 0);
            if (people > 0) {
                parts.add(new Part(part.bridge, people, part.expected));
            } else {
                sums = moved(sums, part.bridge, Expected.NOTHING.minus(part.expected));
            }
        }
        if (!found) {
            parts.add(new Part(bridge, by, Expected.NOTHING));
            sums = sums.get(bridge) == null ? sums.with(bridge, Expected.NOTHING) : sums;
        }
        Conference next = priced(new Conference(one, parts));
        for (int i = 0; i < parts.size(); i++) {
            Expected change = next.parts.get(i).expected.minus(parts.get(i).expected);
            sums = moved(sums, parts.get(i).bridge, change);
        }
        PersistentMap<RoomId, Conference> rooms =
                parts.isEmpty() ? conferences.without(room) : conferences.with(room, next);
        return new LoadBook(config, rooms, sums, learning, model);
    }

    /** A bridge that has left the brewery has no sum. */
    private static PersistentMap<Long, Expected> moved(
            PersistentMap<Long, Expected> sums, long bridge, Expected change) {
        Expected sum = sums.get(bridge);
        return sum == null || change.equals(Expected.NOTHING) ? sums : sums.with(bridge, sum.plus(change));
    }

    private Conference priced(Conference conference) {
        Crowd crowd = conference.one.of(Math.min(conference.people(), Crowd.MAX_SIZE));
        int mesh = conference.parts.size();
        List<Part> priced = new ArrayList<>(mesh);
        for (Part part : conference.parts) {
            Expected expected = new Expected(
                    Math.round(config.model().participants(part.people, crowd)),
                    Math.round(config.model().relays(part.people, crowd, mesh)));
            priced.add(new Part(part.bridge, part.people, expected));
        }
        return new Conference(conference.one, priced);
    }

    private static int people(Conference conference, long bridge) {
        for (Part part : conference.parts) {
            if (part.bridge == bridge) {
                return part.people;
            }
        }
        return 0;
    }

    /** What is expected on a bridge, by the uncorrected model. */
    Expected expected(long bridge) {
        Expected sum = bridges.get(bridge);
        return sum == null ? Expected.NOTHING : sum;
    }

    /** Packets per second that one of a conference's people costs on a bridge now, on average; 0 where none is there. */
    double perParticipant(long bridge, RoomId room) {
        Conference conference = conferences.get(room);
        if (conference == null) {
            return 0;
        }
        for (Part part : conference.parts) {
            if (part.bridge == bridge) {
                return (learning.participants() * part.expected.participants()
                                + learning.relays() * part.expected.relays())
                        / part.people;
            }
        }
        return 0;
    }

    /**
     * Packets per second that somebody will cost on a bridge when the conference has grown as it is forecast to.
     *
     * @param budget how many packets per second an idle bridge of that kind may carry
     */
    double joiner(SelectionRequest request, BridgeId bridge, double budget) {
        ConferenceShape conference = request.conference();
        LoadModel model = model();
        GrowthForecast forecast = GrowthForecast.of(conference, request.at(), model, budget);
        int local = 0;
        int mesh = 0;
        for (BridgeUse use : conference.bridges()) {
            boolean here = use.bridge().equals(bridge);
            local += here ? use.size() : 0;
            mesh += here || use.size() == 0 ? 0 : 1;
        }
        return model.joiner(local, forecast.crowd(), Math.max(forecast.bridges(), mesh + 1));
    }

    /** Whether anything may be learnt from a bridge that is full at so many packets per second. */
    boolean listens(long bridge, double capacity) {
        return config.learn() != Learn.OFF && !unused() && expected(bridge).sum() >= TOO_IDLE * capacity;
    }

    /**
     * A bridge reported its load.
     *
     * @param bridge whose
     * @param packetRate in and out together
     * @param unreported packets per second that were reserved or given back and may not be in the report; 0 or more
     * @param capacity packets per second at which it is full
     * @param seconds since its report before
     * @param fleet how many bridges there are, at least 1
     */
    LoadBook reported(long bridge, double packetRate, double unreported, double capacity, double seconds, int fleet) {
        Expected expected = expected(bridge);
        if (!listens(bridge, capacity) || unreported > TOO_YOUNG * expected.sum()) {
            return this;
        }
        LoadLearning next = learning.after(packetRate, expected, seconds, fleet);
        return new LoadBook(config, conferences, bridges, next, next.applied(config.model()));
    }

    LoadLearning learning() {
        return learning;
    }

    /** The model with what was learnt. */
    LoadModel model() {
        return model;
    }

    /** How many conferences have somebody on a bridge, those that have left the brewery included. */
    int conferences() {
        return conferences.size();
    }
}
