package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.EndReason;
import org.confocal.focus.conference.Step;
import org.confocal.focus.journal.RecordSink;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;

/**
 * A conference that remembers its inputs and does what a test says. Left alone it joins its room on the first request,
 * answers requests, and ends when told to stop.
 */
final class ModelFake implements ConferenceModel<ModelFake.State> {

    /** What a step wants done. */
    interface Behaviour {
        List<Effect> effects(State before, ConferenceInput input);
    }

    /** So many inputs so far. */
    record State(RoomId room, long seed, Instant startedAt, int inputs) {}

    private final Behaviour behaviour;

    ModelFake(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    ModelFake() {
        this(ModelFake::plain);
    }

    static List<Effect> plain(State before, ConferenceInput input) {
        return switch (input) {
            case ConferenceInput.Requested i ->
                before.inputs() == 0 ? List.of(new Effect.JoinRoom(), ready(i)) : List.of(ready(i));
            case ConferenceInput.JingleReceived i -> List.of(new Effect.Acknowledge(i.stanza()));
            case ConferenceInput.Stop i -> List.of(new Effect.LeaveRoom(), new Effect.End(i.reason()));
            default -> List.of();
        };
    }

    static Effect ready(ConferenceInput.Requested input) {
        return new Effect.AnswerRequest(
                input.request().origin(),
                new ConferenceAnswer(
                        input.request().room(), true, input.requester().told(), Map.of()));
    }

    @Override
    public State initial(RoomId room, long seed, Instant now) {
        return new State(room, seed, now, 0);
    }

    @Override
    public Step<State> step(State state, ConferenceInput input, Instant now) {
        List<Effect> effects = behaviour.effects(state, input);
        return new Step<>(new State(state.room(), state.seed(), state.startedAt(), state.inputs() + 1), effects);
    }

    @Override
    public StateKeeper<State> keeper() {
        return new NothingKept();
    }

    @Override
    public Kept<State> read(Map<String, byte[]> records, long fresh) {
        throw new IllegalArgumentException("Nothing of this model is kept.");
    }

    private static final class NothingKept implements StateKeeper<State> {
        @Override
        public void keep(State state, RecordSink sink) {}

        @Override
        public void forget(RecordSink sink) {}
    }

    @Override
    public Instant startedAt(State state) {
        return state.startedAt();
    }

    @Override
    public List<LooseEnd> looseEnds(State state) {
        return List.of();
    }

    @Override
    public FocusSnapshot.Conference summary(State state) {
        return new FocusSnapshot.Conference(state.room(), Optional.empty(), state.startedAt(), state.inputs(), 0, 0, 0);
    }

    @Override
    public Optional<MovePlan.Part> on(State state, BridgeId bridge) {
        return Optional.empty();
    }

    /** A breakout room is one whose name says so. */
    @Override
    public Optional<RoomId> mainRoom(State state) {
        return Optional.of(state.room().value())
                .filter(name -> name.startsWith("breakout-of-"))
                .map(name -> new RoomId(name.substring("breakout-of-".length())));
    }

    @Override
    public ConferenceLayout layout(State state, Instant now) {
        return new ConferenceLayout(
                new ConferenceShape(state.startedAt(), List.of(), JoinRate.NONE, Optional.empty()),
                List.of(),
                Set.of());
    }

    @Override
    public Set<BridgeId> bridges(State state) {
        return Set.of();
    }

    @Override
    public List<Passenger> passengers(State state, BridgeId bridge, Optional<Region> region) {
        return List.of();
    }

    @Override
    public String describe(State state) {
        return state.room() + " after " + state.inputs() + " inputs";
    }

    @Override
    public Map<String, Object> debug(State state) {
        return Map.of("seed", state.seed(), "inputs", state.inputs());
    }

    @Override
    public List<Effect> abandon(State state) {
        return List.of(new Effect.LeaveRoom(), new Effect.End(EndReason.BROKEN));
    }
}
