package org.confocal.tests.placement;

import java.util.List;

/**
 * One way to place a conference as it is at a moment.
 *
 * @param usdPerHour all egress
 * @param loads of the sites that it uses, each once
 */
record Pattern(double usdPerHour, List<Load> loads) {
    /** @param packets per second on a site, relays included */
    record Load(int site, int people, double packets) {}

    Pattern {
        loads = List.copyOf(loads);
    }

    double packets(int site) {
        for (Load load : loads) {
            if (load.site == site) {
                return load.packets;
            }
        }
        return 0;
    }

    /** Whether it costs no more and loads no site more: then nobody needs the other. */
    boolean dominates(Pattern other) {
        if (usdPerHour > other.usdPerHour) {
            return false;
        }
        for (Load load : loads) {
            if (load.packets > other.packets(load.site)) {
                return false;
            }
        }
        return true;
    }
}
