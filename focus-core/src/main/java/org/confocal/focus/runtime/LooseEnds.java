package org.confocal.focus.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.model.Offer;
import org.confocal.focus.port.RoomGateway.Stage;

/** Finds what a conference has under way. Pure. */
final class LooseEnds {
    private LooseEnds() {}

    static List<LooseEnd> of(ConferenceState state) {
        List<LooseEnd> ends = new ArrayList<>();
        room(state, ends);
        state.meeting().ifPresent(meeting -> ends.add(new LooseEnd.Meeting(meeting)));
        state.life().waiting().forEach(waiting -> ends.add(new LooseEnd.Owed(waiting)));
        for (Member member : state.members()) {
            of(member, ends);
        }
        for (Pending pending : state.pending()) {
            ends.add(new LooseEnd.BridgeAsked(pending.request(), pending.where().bridge()));
        }
        for (RunningTimer timer : state.timers()) {
            ends.add(new LooseEnd.Timer(timer.key(), timer.due()));
        }
        return ends;
    }

    private static void room(ConferenceState state, List<LooseEnd> ends) {
        stage(state.life().phase())
                .ifPresent(
                        stage -> ends.add(new LooseEnd.Room(stage, state.shown().published())));
    }

    private static Optional<Stage> stage(RoomPhase phase) {
        return switch (phase) {
            case JOINING -> Optional.of(Stage.ENTERING);
            case REJOINING -> Optional.of(Stage.REENTERING);
            case AWAITING_METADATA, JOINED -> Optional.of(Stage.INSIDE);
            case DISCONNECTED -> Optional.of(Stage.AWAY);
            case NEW, OUTSIDE, ENDED -> Optional.empty();
        };
    }

    private static void of(Member member, List<LooseEnd> ends) {
        member.invite().allocation().ifPresent(where -> ends.add(new LooseEnd.Placed(where.bridge(), member.id())));
        if (member.invite() instanceof Invite.Offered offered) {
            Offer.Kind kind = member.held().isPresent() ? Offer.Kind.REPLACE : Offer.Kind.INITIATE;
            ends.add(new LooseEnd.Offered(member.id(), offered.jingle().id(), kind));
        }
    }
}
