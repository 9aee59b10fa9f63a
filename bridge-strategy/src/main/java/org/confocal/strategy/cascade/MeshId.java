package org.confocal.strategy.cascade;

import java.util.HexFormat;
import org.confocal.strategy.BridgeId;

/**
 * The {@code mesh-id} of a relay (spec/04, section 3). A bridge forwards what it hears over a relay to its relays of other
 * mesh-ids, and never to those of the same.
 */
public record MeshId(String value) implements Comparable<MeshId> {
    /** The mesh of a conference that is fully linked; Jicofo's id for it (spec/04, section 3.1). */
    public static final MeshId CORE = new MeshId("0");

    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    public MeshId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a mesh id must not be blank");
        }
    }

    /**
     * The mesh of one link alone. It depends on nothing but the two bridges, in either order, so that two plans that have
     * the link agree on its id and nothing is torn down between them.
     */
    public static MeshId ofLink(BridgeId a, BridgeId b) {
        boolean inOrder = a.value().compareTo(b.value()) <= 0;
        long hash = hash(FNV_BASIS, inOrder ? a : b);
        // A line feed cannot occur in a JID: no two pairs read the same.
        hash = (hash ^ '\n') * FNV_PRIME;
        hash = hash(hash, inOrder ? b : a);
        return new MeshId(HexFormat.of().toHexDigits(hash));
    }

    private static long hash(long seed, BridgeId bridge) {
        long hash = seed;
        for (int i = 0; i < bridge.value().length(); i++) {
            hash = (hash ^ bridge.value().charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    @Override
    public int compareTo(MeshId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
