package org.confocal.tests.client;

/**
 * A source of somebody else, as the focus described it.
 *
 * @param owner endpoint id, or {@code jvb} for the bridge's own
 * @param name as in {@code 71f4c820-v0}
 * @param media {@code audio} or {@code video}
 */
public record RemoteSource(long ssrc, String owner, String name, String media) {
    /** The owner of the bridge's own sources. */
    public static final String BRIDGE = "jvb";
}
