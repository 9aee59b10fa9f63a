package org.confocal.tests.sim;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceRecords;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.conference.Step;
import org.confocal.focus.journal.RecordSink;
import org.confocal.focus.runtime.ConferenceMachineModel;
import org.confocal.focus.runtime.ConferenceModel;
import org.confocal.focus.runtime.LooseEnd;
import org.confocal.focus.runtime.MovePlan;
import org.confocal.focus.runtime.Passenger;
import org.confocal.focus.runtime.StateKeeper;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;

/** The real conferences, each step of which is watched. */
final class SimModel implements ConferenceModel<SimModel.Watched> {
    private final ConferenceMachineModel real;
    private final Machine<ConferenceState, ConferenceInput> machine;
    private final Predicate<LooseEnd> takenUp;
    private final Schedule schedule;
    private final Chaos chaos;
    private final Violations violations;
    private final ConferenceWatch.World world;
    private final SimJournal journal;
    private final Began began;

    /** Hears of conferences. */
    interface Began {
        /** Nothing has happened to it. */
        void fresh(ConferenceWatch watch);

        /** It is one of the process before this one, as that left it. */
        void restored(ConferenceWatch watch);
    }

    /** A state and who watches it. */
    record Watched(ConferenceState state, ConferenceWatch watch) {}

    /**
     * Conferences to which nothing has happened.
     *
     * @param machine steps them: the real one, or one that is broken on purpose
     * @param takenUp what of that which was under way is taken up
     * @param journal of the process that the conferences are in
     * @param began hears of each conference
     */
    SimModel(
            ConferenceMachineModel real,
            Machine<ConferenceState, ConferenceInput> machine,
            Predicate<LooseEnd> takenUp,
            Schedule schedule,
            Chaos chaos,
            Violations violations,
            ConferenceWatch.World world,
            SimJournal journal,
            Began began) {
        this.real = real;
        this.machine = machine;
        this.takenUp = takenUp;
        this.schedule = schedule;
        this.chaos = chaos;
        this.violations = violations;
        this.world = world;
        this.journal = journal;
        this.began = began;
    }

    @Override
    public Watched initial(RoomId room, long seed, Instant now) {
        ConferenceState state = real.initial(room, seed, now);
        ConferenceWatch watch = new ConferenceWatch(room, state, 0, schedule, world);
        began.fresh(watch);
        return new Watched(state, watch);
    }

    @Override
    public Step<Watched> step(Watched before, ConferenceInput input, Instant now) {
        ConferenceWatch watch = before.watch();
        try {
            watch.hears(input);
            Step<ConferenceState> step = machine.step(stored(before.state()), input, now);
            watch.stepped(step.state(), step.effects());
            return new Step<>(new Watched(step.state(), watch), step.effects());
        } catch (RuntimeException broken) {
            violations.found(broken);
            throw broken;
        }
    }

    private ConferenceState stored(ConferenceState state) {
        if (!chaos.strikes(Fault.STATE_WRITTEN_AND_READ)) {
            return state;
        }
        Map<String, byte[]> written = new HashMap<>();
        new ConferenceRecords().write(state, new SimRecords(written));
        ConferenceState copy = new ConferenceRecords().read(written);
        if (!copy.equals(state)) {
            throw new Violation("the state is not what was written: " + copy + " instead of " + state);
        }
        return copy;
    }

    @Override
    public StateKeeper<Watched> keeper() {
        return new WatchedKeeper(Optional.empty(), real.keeper());
    }

    @Override
    public Kept<Watched> read(Map<String, byte[]> records, long fresh) {
        Kept<ConferenceState> kept = real.read(records, fresh);
        ConferenceState state = kept.state();
        Optional<SimDisk.Kept> left = journal.inheritedConference(state.room());
        if (!left.map(was -> was.state().withoutHttpRequests().takenUp(fresh)).equals(Optional.of(state))) {
            violations.found(new Violation("the conference is not what was kept: " + state + " instead of " + left));
        }
        ConferenceWatch watch = new ConferenceWatch(
                state.room(), state, left.map(SimDisk.Kept::heard).orElse(0L), schedule, world);
        began.restored(watch);
        return new Kept<>(new Watched(state, watch), new WatchedKeeper(Optional.of(state.room()), kept.keeper()));
    }

    private final class WatchedKeeper implements StateKeeper<Watched> {
        private final StateKeeper<ConferenceState> records;
        private Optional<RoomId> room;

        WatchedKeeper(Optional<RoomId> room, StateKeeper<ConferenceState> records) {
            this.room = room;
            this.records = records;
        }

        @Override
        public void keep(Watched state, RecordSink sink) {
            room = Optional.of(state.state().room());
            journal.conference(
                    state.state().room(),
                    Optional.of(new SimDisk.Kept(state.state(), state.watch().heard())));
            records.keep(state.state(), sink);
        }

        @Override
        public void forget(RecordSink sink) {
            room.ifPresent(ended -> journal.conference(ended, Optional.empty()));
            records.forget(sink);
        }
    }

    @Override
    public Instant startedAt(Watched state) {
        return real.startedAt(state.state());
    }

    @Override
    public List<LooseEnd> looseEnds(Watched state) {
        return real.looseEnds(state.state()).stream().filter(takenUp).toList();
    }

    @Override
    public FocusSnapshot.Conference summary(Watched state) {
        return real.summary(state.state());
    }

    @Override
    public Optional<MovePlan.Part> on(Watched state, BridgeId bridge) {
        return real.on(state.state(), bridge);
    }

    @Override
    public Optional<RoomId> mainRoom(Watched state) {
        return real.mainRoom(state.state());
    }

    @Override
    public ConferenceLayout layout(Watched state, Instant now) {
        return real.layout(state.state(), now);
    }

    @Override
    public Set<BridgeId> bridges(Watched state) {
        return real.bridges(state.state());
    }

    @Override
    public List<Passenger> passengers(Watched state, BridgeId bridge, Optional<Region> region) {
        return real.passengers(state.state(), bridge, region);
    }

    @Override
    public String describe(Watched state) {
        return real.describe(state.state());
    }

    @Override
    public Map<String, Object> debug(Watched state) {
        return real.debug(state.state());
    }

    @Override
    public List<Effect> abandon(Watched state) {
        violations.found(new Violation("the conference in " + state.watch().room() + " broke"));
        return real.abandon(state.state());
    }
}
