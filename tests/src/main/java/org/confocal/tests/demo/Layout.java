package org.confocal.tests.demo;

import java.util.List;

/**
 * What a deployment consists of beside Prosody and the focus.
 *
 * @param regions of the bridges, in order; the first bridge is {@code jvb1}
 * @param configuration HOCON that wins over what the focus needs at least
 */
public record Layout(List<String> regions, String configuration) {
    /** Three bridges in two regions. */
    static final Layout PLAIN = new Layout(List.of("us-east", "us-east", "eu-west"), "");

    /** Three bridges of one region, large enough for all rooms. */
    static final Layout THREE_ALIKE = new Layout(
            List.of("here", "here", "here"), "jicofo.bridge.stress { source = packet-rate, max-packet-rate = 500000 }");

    /** Six bridges of one region. */
    static final Layout ONE_REGION = new Layout(List.of("here", "here", "here", "here", "here", "here"), "");

    /**
     * Six bridges in three regions far from each other, linked as egress and round trips want it. They are large enough for
     * all rooms: where every bridge of a region is at its threshold, its people are rightly put elsewhere.
     */
    public static final Layout THREE_REGIONS = new Layout(
            List.of("us-east-1", "us-east-1", "eu-central-1", "eu-central-1", "ap-south-1", "ap-south-1"), """
            jicofo.octo.enabled = true
            jicofo.bridge.selection-strategy = EgressAware
            jicofo.bridge.stress { source = packet-rate, max-packet-rate = 500000 }
            """);

    public Layout {
        regions = List.copyOf(regions);
    }
}
