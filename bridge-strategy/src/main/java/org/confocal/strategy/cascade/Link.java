package org.confocal.strategy.cascade;

import java.util.Comparator;
import org.confocal.strategy.BridgeId;

/**
 * Two bridges that relay to each other. It has no direction: {@code a} is the one whose id comes first as text, whichever
 * way the link is made.
 *
 * @param mesh the mesh-id on both ends
 */
public record Link(BridgeId a, BridgeId b, MeshId mesh) implements Comparable<Link> {
    private static final Comparator<Link> ORDER = Comparator.comparing((Link link) -> link.a.value())
            .thenComparing(link -> link.b.value())
            .thenComparing(Link::mesh);

    public Link {
        int order = a.value().compareTo(b.value());
        if (order == 0) {
            throw new IllegalArgumentException("a bridge does not relay to itself: " + a);
        }
        if (order > 0) {
            BridgeId first = b;
            b = a;
            a = first;
        }
    }

    /** A link that is a mesh of its own. */
    public static Link alone(BridgeId a, BridgeId b) {
        return new Link(a, b, MeshId.ofLink(a, b));
    }

    @Override
    public int compareTo(Link other) {
        return ORDER.compare(this, other);
    }
}
