package org.confocal.tests.placement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.choice.LoadRelief;
import org.confocal.strategy.choice.LoadRelief.Departure;
import org.confocal.strategy.choice.LoadRelief.Share;

/** The real {@link LoadRelief}, carried out. */
final class Reliever implements Runnable {
    /** Twice as long as what is known of a bridge may be old. */
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Day day;
    private final LoadRelief relief;

    Reliever(Day day, LoadRelief relief) {
        this.day = day;
        this.relief = relief;
    }

    @Override
    public void run() {
        for (Machine machine : day.running()) {
            day.fleet()
                    .bridge(machine.id())
                    .filter(bridge -> relief.isHot(bridge, day.fleet(), day.now()))
                    .ifPresent(bridge -> relieve(machine, bridge));
        }
    }

    private void relieve(Machine machine, BridgeSnapshot bridge) {
        Map<RoomId, Call> there = new LinkedHashMap<>();
        List<Share> shares = new ArrayList<>();
        for (Call call : day.callsOn(machine)) {
            RoomId room = call.meeting().room();
            there.put(room, call);
            shares.add(new Share(room, day.shape(call)));
        }
        for (Departure departure : relief.relieve(bridge, shares, day.fleet(), day.now())) {
            day.move(Objects.requireNonNull(there.get(departure.room())), departure.move());
        }
    }
}
