package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.fleet.BridgeSelector;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/** One bridge that takes everybody. */
final class FleetFake implements BridgeSelector {
    static final BridgeId BRIDGE = new BridgeId("brewery@internal.example.org/jvb1");

    final Map<EndpointId, BridgeId> seats = new ConcurrentHashMap<>();

    @Override
    public Answer select(SelectionRequest request, Pace pace) {
        return new Answer.Now(choose(request));
    }

    Selection choose(SelectionRequest request) {
        seats.put(request.endpoint(), BRIDGE);
        return new Selection.Chosen(
                BRIDGE,
                Optional.empty(),
                Optional.empty(),
                new Selection.Explanation("fake", "the only one", List.of(), List.of()));
    }

    @Override
    public void restored(BridgeId bridge, RoomId room, EndpointId endpoint, Instant since) {
        seats.put(endpoint, bridge);
    }

    @Override
    public void release(BridgeId bridge, RoomId room, EndpointId endpoint) {
        seats.remove(endpoint, bridge);
    }

    @Override
    public void experienced(RoomId room, BridgeId bridge, Effect.BridgeExperience experience) {}
}
