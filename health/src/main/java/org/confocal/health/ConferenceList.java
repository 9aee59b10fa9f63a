package org.confocal.health;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.confocal.focus.view.FocusSnapshot;

/** {@code /dashboard/conferences}: those a page shows, the largest first, a piece at a time. */
final class ConferenceList {
    private static final int PIECE = 50;
    private static final Comparator<FocusSnapshot.Conference> LARGEST_FIRST = Comparator.comparingInt(
                    FocusSnapshot.Conference::participants)
            .reversed()
            .thenComparing(conference -> conference.room().value());

    private ConferenceList() {}

    /**
     * At most {@value #PIECE} of them.
     *
     * @param search a part of the room's address; empty for all
     * @param offset how many to leave out; less than 0 counts as 0
     */
    static Reply of(FocusSnapshot focus, String search, int offset) {
        String wanted = search.toLowerCase(Locale.ROOT);
        List<FocusSnapshot.Conference> matching = focus.conferences().stream()
                .filter(conference -> conference.room().value().contains(wanted))
                .sorted(LARGEST_FIRST)
                .toList();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("total", focus.conferences().size());
        tree.put("matching", matching.size());
        tree.put(
                "conferences",
                matching.stream()
                        .skip(Math.max(0, offset))
                        .limit(PIECE)
                        .map(ConferenceList::row)
                        .toList());
        return Reply.json(tree);
    }

    private static Map<String, Object> row(FocusSnapshot.Conference conference) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("room", conference.room().value());
        row.put("startedAt", conference.startedAt().toString());
        row.put("participants", conference.participants());
        row.put("visitors", conference.visitors());
        row.put("bridges", conference.bridges());
        return row;
    }
}
