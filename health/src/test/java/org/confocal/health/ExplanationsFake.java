package org.confocal.health;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.Decision;
import org.confocal.focus.view.Explanations;
import org.confocal.strategy.Audience;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;

/** Explains what a test gives it. */
final class ExplanationsFake implements Explanations {
    /** Newest first. */
    volatile List<Decision> decisions = List.of();

    volatile Optional<ConferenceLayout> layout = Optional.empty();
    volatile Optional<Decision> whatIf = Optional.empty();

    /** What-if questions, one line each. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public List<Decision> decisions(RoomId room) {
        return decisions.stream()
                .filter(decision -> decision.room().equals(room))
                .toList();
    }

    @Override
    public Optional<Decision> decision(long id) {
        return decisions.stream().filter(decision -> decision.id() == id).findFirst();
    }

    @Override
    public List<Decision> decisionsAfter(long id, int most) {
        return decisions.stream()
                .filter(decision -> decision.id() > id)
                .limit(most)
                .toList();
    }

    @Override
    public Optional<ConferenceLayout> layout(RoomId room) {
        return layout;
    }

    @Override
    public Optional<Decision> whatIf(Optional<RoomId> room, Region region, Audience audience) {
        asked.add(audience + " of " + region + " to " + room.map(RoomId::value).orElse("a new conference"));
        return whatIf;
    }
}
