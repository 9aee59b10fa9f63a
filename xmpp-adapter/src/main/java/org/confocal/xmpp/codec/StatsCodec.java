package org.confocal.xmpp.codec;

import java.util.Optional;
import java.util.function.Function;
import org.jitsi.xmpp.extensions.colibri.ColibriStatsExtension;
import org.jivesoftware.smack.packet.Presence;

/** The {@code <stats>} of a bridge's presence (spec/05, section 2). */
public final class StatsCodec {
    private StatsCodec() {}

    /**
     * The statistics of this presence as a lookup by name; empty where it has none, and its sender is not a bridge. A lookup
     * walks the elements: a dozen of more than eighty fields are ever asked for, so no map is made of all.
     */
    public static Optional<Function<String, Optional<String>>> decode(Presence presence) {
        return Elements.first(presence, ColibriStatsExtension.class)
                .map(stats -> name -> stats.getChildExtensionsOfType(ColibriStatsExtension.Stat.class).stream()
                        .filter(stat -> name.equals(stat.getName()))
                        .flatMap(stat -> Optional.ofNullable(stat.getValue()).map(Object::toString).stream())
                        .findFirst());
    }
}
