package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceDebug;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInvariants;
import org.confocal.focus.conference.ConferenceMachine;
import org.confocal.focus.conference.ConferenceOutline;
import org.confocal.focus.conference.ConferenceRecords;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Step;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.config.CascadeConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.journal.RecordSink;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;

/** The real conferences. Stateless and pure, as the machine is. */
public final class ConferenceMachineModel implements ConferenceModel<ConferenceState> {
    /** Somebody who has not been moved away from anywhere. */
    private static final EndpointId NEWCOMER = new EndpointId("newcomer");

    private final ConferenceConfig config;
    private final ConferenceMachine machine;

    /** Where bridges are linked, each is with every other. */
    public ConferenceMachineModel(ConferenceConfig config) {
        this(config, CascadeConfig.FULL_MESH);
    }

    public ConferenceMachineModel(ConferenceConfig config, CascadeConfig cascades) {
        this.config = config;
        machine = new ConferenceMachine(config, cascades);
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
    public StateKeeper<ConferenceState> keeper() {
        return new Keeper(new ConferenceRecords());
    }

    @Override
    public Kept<ConferenceState> read(Map<String, byte[]> records, long fresh) {
        ConferenceRecords reader = new ConferenceRecords();
        ConferenceState state = reader.read(records);
        List<String> wrong = ConferenceInvariants.check(state);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("A conference's records do not fit together: " + wrong.getFirst());
        }
        return new Kept<>(state.withoutHttpRequests().takenUp(fresh), new Keeper(reader));
    }

    private record Keeper(ConferenceRecords records) implements StateKeeper<ConferenceState> {
        @Override
        public void keep(ConferenceState state, RecordSink sink) {
            records.write(state, sink);
        }

        @Override
        public void forget(RecordSink sink) {
            records.remove(sink);
        }
    }

    @Override
    public Instant startedAt(ConferenceState state) {
        return state.startedAt();
    }

    @Override
    public List<LooseEnd> looseEnds(ConferenceState state) {
        return LooseEnds.of(state);
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
    public Optional<MovePlan.Part> on(ConferenceState state, BridgeId bridge) {
        List<Member> movable = new ArrayList<>();
        int people = 0;
        for (Member member : state.members()) {
            if (member.invite()
                    .allocation()
                    .filter(where -> where.bridge().equals(bridge))
                    .isPresent()) {
                people++;
                if (member.invite().session().isPresent()) {
                    movable.add(member);
                }
            }
        }
        if (people == 0) {
            return Optional.empty();
        }
        movable.sort(Comparator.comparingInt(Member::presenceWeight));
        return Optional.of(
                new MovePlan.Part(state.room(), movable.stream().map(Member::id).toList(), people));
    }

    @Override
    public ConferenceLayout layout(ConferenceState state, Instant now) {
        return new ConferenceLayout(
                ConferenceOutline.of(state),
                state.relays().cascade().links(),
                state.invites().avoidedBy(NEWCOMER, now));
    }

    @Override
    public Optional<RoomId> mainRoom(ConferenceState state) {
        return state.life().mainRoom().filter(main -> state.life().breakout());
    }

    @Override
    public Set<BridgeId> bridges(ConferenceState state) {
        return state.bridges().keys();
    }

    @Override
    public List<Passenger> passengers(ConferenceState state, BridgeId bridge, Optional<Region> region) {
        List<Member> there = new ArrayList<>();
        for (Member member : state.members()) {
            boolean onBridge = member.invite()
                    .allocation()
                    .filter(where -> where.bridge().equals(bridge))
                    .isPresent();
            boolean movable = onBridge && member.invite().session().isPresent();
            if (movable && member.presence().region().equals(region)) {
                there.add(member);
            }
        }
        there.sort(Comparator.comparingInt(Member::presenceWeight));
        return there.stream()
                .map(member -> new Passenger(member.id(), member.audience()))
                .toList();
    }

    @Override
    public Map<String, Object> debug(ConferenceState state) {
        return ConferenceDebug.tree(state, config);
    }

    @Override
    public String describe(ConferenceState state) {
        return state.summary();
    }

    @Override
    public List<Effect> abandon(ConferenceState state) {
        List<Effect> effects = new ArrayList<>();
        // The meeting is known wherever there is a session: it is named in the create of its first endpoint.
        state.meeting().ifPresent(meeting -> {
            BridgeRequest expire = new BridgeRequest(meeting, Optional.empty(), true, List.of());
            for (BridgeSession session : state.bridges()) {
                RequestId request = new RequestId(state.nextRequest() + effects.size());
                effects.add(new Effect.ModifyConference(request, session.bridge(), expire));
            }
        });
        if (state.life().phase() != RoomPhase.NEW) {
            effects.add(new Effect.LeaveRoom());
        }
        return effects;
    }
}
