package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceDebug;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceMachine;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Step;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.RoomId;

/** Conferences as they are in production: the {@link ConferenceMachine} behind the runtime's interface. */
public final class MachineModel implements ConferenceModel<ConferenceState> {
    private final ConferenceMachine machine;

    public MachineModel(ConferenceConfig config) {
        machine = new ConferenceMachine(config);
    }

    @Override
    public ConferenceState initial(RoomId room, long seed, Instant now) {
        return ConferenceState.initial(room, seed, now);
    }

    @Override
    public Step<ConferenceState> step(ConferenceState state, ConferenceInput input, Instant now) {
        return machine.step(state, input, now);
    }

    @Override
    public FocusSnapshot.Conference summary(ConferenceState state) {
        int visitors = 0;
        for (Member member : state.members()) {
            if (member.visitor() && member.invite().allocation().isPresent()) {
                visitors++;
            }
        }
        return new FocusSnapshot.Conference(
                state.room(),
                state.meeting(),
                state.startedAt(),
                state.members().size(),
                state.participants(),
                visitors,
                state.bridges().size());
    }

    @Override
    public Map<String, Object> debug(ConferenceState state) {
        return ConferenceDebug.tree(state);
    }

    @Override
    public List<Effect> abandon(ConferenceState state) {
        List<Effect> effects = new ArrayList<>();
        Optional<MeetingId> meeting = state.meeting();
        long request = state.nextRequest();
        for (BridgeId bridge : state.bridges().keys()) {
            if (meeting.isPresent()) {
                BridgeRequest expire = new BridgeRequest(meeting.get(), Optional.empty(), true, List.of());
                effects.add(new Effect.ModifyConference(new RequestId(request++), bridge, expire));
            }
        }
        effects.add(new Effect.LeaveRoom());
        return effects;
    }
}
