package org.confocal.strategy;

/**
 * How far off the load model is, as seen from reports: one factor for participants and one for relays. Immutable.
 *
 * <p>Whenever a bridge reports packet rates, they are compared with what the model expects of those who sit there. The
 * factors take a small step towards the report, shared between them by the square roots of what is expected of each: by
 * the amounts themselves relays, the smaller part, would take days. The step does not grow with the error beyond a half. So
 * a report that is wild, or that contains what other focuses put on the bridge, moves them no further than any other
 * that is half as much again: they follow the middle of the reports rather than the mean. All bridges together move them
 * by at most half a percent in {@link #INTERVAL} seconds; to double takes 12 minutes at least, and longer for relays. They
 * stay between {@value #MIN} and {@value #MAX}.
 *
 * <p>Where most bridges carry more of other focuses than of this one the factors come out too high, up to
 * {@value #MAX}; such a site turns learning off.
 *
 * @param participants what participants cost, as a multiple of the model; {@value #MIN} to {@value #MAX}
 * @param relays what relays cost, as a multiple of the model; {@value #MIN} to {@value #MAX}
 * @param reports how many reports had a part in it
 */
public record LoadLearning(double participants, double relays, long reports) {
    public static final double MIN = 0.25;
    public static final double MAX = 4;

    /** How often a bridge publishes its load, in seconds (spec/05, section 3). */
    public static final double INTERVAL = 5;

    /** The model as configured. */
    public static final LoadLearning NONE = new LoadLearning(1, 1, 0);

    /** What all bridges together move a factor by in one interval. */
    private static final double STEP = 0.005;

    /** Errors beyond this one do not count for more: the logarithm of half as much again. */
    private static final double LARGE = Math.log(1.5);

    public LoadLearning {
        requireBounded("participants", participants);
        requireBounded("relays", relays);
        if (reports < 0) {
            throw new IllegalArgumentException("reports must not be negative: " + reports);
        }
    }

    private static void requireBounded(String name, double value) {
        if (!(value >= MIN && value <= MAX)) {
            throw new IllegalArgumentException(name + " must be from " + MIN + " to " + MAX + ", not " + value);
        }
    }

    /**
     * After a bridge's report.
     *
     * @param reported packets per second, in and out together; 0 or more
     * @param expected what the uncorrected model says of those who sit there
     * @param seconds since that bridge's report before; more than {@link #INTERVAL} count as that, and less for less
     * @param bridges how many bridges report; at least 1
     * @return the same where nobody sits there
     */
    LoadLearning after(double reported, Expected expected, double seconds, int bridges) {
        double fromParticipants = participants * expected.participants();
        double fromRelays = relays * expected.relays();
        double sum = fromParticipants + fromRelays;
        if (!(sum > 0 && seconds > 0 && reported >= 0)) {
            return this;
        }
        double error = Math.log(reported / sum) / LARGE;
        double step = STEP / bridges * Math.min(1, seconds / INTERVAL) * Math.max(-1, Math.min(1, error));
        return new LoadLearning(
                bounded(participants * Math.exp(step * Math.sqrt(fromParticipants / sum))),
                bounded(relays * Math.exp(step * Math.sqrt(fromRelays / sum))),
                reports + 1);
    }

    private static double bounded(double factor) {
        return Math.max(MIN, Math.min(MAX, factor));
    }

    /** A model with this correction. */
    public LoadModel applied(LoadModel model) {
        return reports == 0 ? model : model.scaled(participants, relays);
    }

    /**
     * What the uncorrected model says of those who sit on one bridge, in packets per second, in and out together. Whole
     * numbers, so that what is added and taken away again leaves nothing behind.
     *
     * @param participants for its own participants
     * @param relays to and from other bridges
     */
    public record Expected(long participants, long relays) {
        public static final Expected NOTHING = new Expected(0, 0);

        Expected plus(Expected more) {
            return new Expected(participants + more.participants, relays + more.relays);
        }

        Expected minus(Expected less) {
            return new Expected(participants - less.participants, relays - less.relays);
        }

        public long sum() {
            return participants + relays;
        }
    }
}
