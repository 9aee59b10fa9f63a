package org.confocal.focus.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.fleet.BridgeFleet;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.Decision;
import org.confocal.focus.view.Explanations;
import org.confocal.strategy.Audience;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionRequest;

/** Explains from the decisions that the fleet keeps, and from conferences as they were after their last step. */
final class FocusExplanations implements Explanations {
    /** A room and somebody that nobody else can be (RFC 2606). */
    private static final RoomId NO_ROOM = new RoomId("what-if@confocal.invalid");

    private static final EndpointId NOBODY = new EndpointId("what-if");

    private final BridgeFleet fleet;
    private final ConferenceRegistry conferences;
    private final InstantSource clock;

    FocusExplanations(BridgeFleet fleet, ConferenceRegistry conferences, InstantSource clock) {
        this.fleet = fleet;
        this.conferences = conferences;
        this.clock = clock;
    }

    @Override
    public List<Decision> decisions(RoomId room) {
        return fleet.decisions().of(room);
    }

    @Override
    public Optional<Decision> decision(long id) {
        return fleet.decisions().decision(id);
    }

    @Override
    public List<Decision> decisionsAfter(long id, int most) {
        return fleet.decisions().after(id, most);
    }

    @Override
    public Optional<ConferenceLayout> layout(RoomId room) {
        return conferences.find(room).map(actor -> actor.layout(clock.instant()));
    }

    @Override
    public Optional<Decision> whatIf(Optional<RoomId> room, Region region, Audience audience) {
        Instant now = clock.instant();
        Optional<ConferenceLayout> layout = room.isPresent() ? layout(room.get()) : Optional.of(newConference(now));
        return layout.map(where -> fleet.whatIf(new SelectionRequest(
                room.orElse(NO_ROOM), NOBODY, Optional.of(region), audience, where.shape(), now, where.avoided())));
    }

    private static ConferenceLayout newConference(Instant now) {
        ConferenceShape shape = new ConferenceShape(now, List.of(), JoinRate.NONE, Optional.empty());
        return new ConferenceLayout(shape, List.of(), java.util.Set.of());
    }
}
