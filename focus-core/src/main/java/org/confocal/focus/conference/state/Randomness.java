package org.confocal.focus.conference.state;

/**
 * A SplitMix64 generator as a value (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014). Good
 * enough for ids that must not collide; nothing secret is made of it.
 */
public record Randomness(long seed) {
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    /** The generator after one draw. */
    public Randomness next() {
        return new Randomness(seed + GOLDEN_GAMMA);
    }

    /** 64 random bits. */
    public long value() {
        long z = seed;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
