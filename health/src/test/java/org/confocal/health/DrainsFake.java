package org.confocal.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.confocal.focus.view.DrainControl;

/** Drains that are remembered and do nothing. */
final class DrainsFake implements DrainControl {
    final List<Request> begun = new CopyOnWriteArrayList<>();
    final List<Request> planned = new CopyOnWriteArrayList<>();
    volatile Optional<Answer> refusal = Optional.empty();

    @Override
    public Answer drain(Request request) {
        return refusal.orElseGet(() -> {
            begun.add(request);
            return new Answer.Accepted(status("drain-" + begun.size(), request));
        });
    }

    @Override
    public Answer plan(Request request) {
        planned.add(request);
        return refusal.orElseGet(() -> new Answer.Accepted(status("drain-1", request)));
    }

    @Override
    public List<Status> drains() {
        List<Status> all = new ArrayList<>();
        for (Request request : begun) {
            all.add(status("drain-" + (all.size() + 1), request));
        }
        return all;
    }

    @Override
    public boolean undo(String id) {
        return id.equals("drain-1") && !begun.isEmpty();
    }

    private static Status status(String id, Request request) {
        return new Status(
                id,
                request.target(),
                FocusViewFake.NOW,
                request.deadline().map(FocusViewFake.NOW::plus),
                request.perMinute(),
                Progress.MOVING,
                List.of("jvb1"),
                1,
                60,
                7,
                Optional.of(Duration.ofSeconds(61)));
    }
}
