package org.confocal.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.focus.view.FocusView;

/**
 * {@code /debug/xmpp-caps}: the kinds of clients by their {@code node#ver} (XEP-0115), each with what it supports. Jicofo
 * counts all that ever came and forgets kinds after the thousandth; here those are counted who are in a room now.
 */
final class XmppCapsPage {
    private static final String UNKNOWN = "null";

    private XmppCapsPage() {}

    static Map<String, Object> of(FocusView view, FocusSnapshot focus) {
        Map<String, Object> features = new TreeMap<>();
        Map<String, Long> counts = new TreeMap<>();
        for (Object tree : DebugPage.conferences(view, focus).values()) {
            if (tree instanceof Map<?, ?> conference
                    && conference.get("chat_room") instanceof Map<?, ?> room
                    && room.get("members") instanceof Map<?, ?> members) {
                members.values().forEach(member -> count(member, features, counts));
            }
        }
        Map<String, Object> page = new LinkedHashMap<>();
        counts.forEach((kind, count) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("count", count);
            entry.put("features", features.get(kind));
            page.put(kind, entry);
        });
        return page;
    }

    private static void count(Object member, Map<String, Object> features, Map<String, Long> counts) {
        if (member instanceof Map<?, ?> tree
                && tree.get("capsNodeVer") instanceof String kind
                && !kind.equals(UNKNOWN)
                && tree.get("features") instanceof List<?> supported) {
            features.put(kind, supported);
            counts.merge(kind, 1L, Long::sum);
        }
    }
}
