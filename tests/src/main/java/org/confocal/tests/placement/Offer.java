package org.confocal.tests.placement;

/** What a placement costs and how long its round trips are. */
record Offer(double usd, double ms) {
    /** None so far: anything beats it. */
    static final Offer NONE = new Offer(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Within a bound on round trips the cheaper one is better; whatever is within it beats what is not; beyond, the faster. */
    boolean beats(Offer other, double boundMs) {
        boolean fits = ms <= boundMs;
        if (fits != other.ms <= boundMs) {
            return fits;
        }
        return fits ? usd < other.usd : ms < other.ms;
    }
}
