package org.confocal.strategy;

/**
 * How many people a conference has and how many of them send. Fractions are allowed: a forecast is an expectation.
 *
 * @param size everybody, wherever they sit; at least 0
 * @param videoSenders from 0 to {@code size}
 * @param audioSenders from 0 to {@code size}
 */
public record Crowd(double size, double videoSenders, double audioSenders) {
    /** No conference is larger; a forecast ends here. */
    public static final double MAX_SIZE = 100_000;

    public Crowd {
        if (!(size >= 0 && size <= MAX_SIZE)) {
            throw new IllegalArgumentException("size must be from 0 to " + MAX_SIZE + ", not " + size);
        }
        requirePart("videoSenders", videoSenders, size);
        requirePart("audioSenders", audioSenders, size);
    }

    private static void requirePart(String name, double part, double size) {
        if (!(part >= 0 && part <= size)) {
            throw new IllegalArgumentException(name + " must be from 0 to " + size + ", not " + part);
        }
    }

    /** The same shares of senders among so many people; nobody sends where nobody is here. */
    public Crowd of(double newSize) {
        return size == 0
                ? new Crowd(newSize, 0, 0)
                : new Crowd(newSize, newSize * (videoSenders / size), newSize * (audioSenders / size));
    }
}
