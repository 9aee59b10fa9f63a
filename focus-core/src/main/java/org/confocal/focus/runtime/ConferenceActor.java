package org.confocal.focus.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.EndReason;
import org.confocal.focus.conference.Step;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Requester;
import org.confocal.focus.serial.Cell;
import org.confocal.focus.serial.Timers;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;

/**
 * Runs one conference: takes an input from the mailbox, steps the machine, carries out all effects, takes the next. The
 * answer to a selection is the very next input, ahead of the mailbox. Serial on a shared pool; told from any thread; seen
 * from any thread as it was after its last step.
 *
 * <p>A step or a port that throws ends this conference and no other: what it holds is given back, its bridges are expired and
 * its room left as far as its last state allows, and the log has the state and the last inputs.
 *
 * @param <S> the machine's state
 */
final class ConferenceActor<S> {
    /** Inputs that one input from the mailbox may bring about by selections and claims: a conference has fewer people. */
    private static final int LONGEST_CHAIN = 10_000;

    /** What became of an input that was told. */
    enum Told {
        /** It is going to be handled, or was refused to its sender just now. */
        YES,
        /** This conference has ended. */
        GONE
    }

    /** Whom an actor reports its end to. */
    interface Listener {
        /** Called once, on the actor's thread, when everything is given back and before {@link Told#GONE} is said. */
        void ended(ConferenceActor<?> actor);

        /** A request that came just as the conference ended. */
        void requestedTooLate(ConferenceRequest request, Requester requester);
    }

    private final RoomId room;
    private final ConferenceModel<S> model;
    private final ConferenceEdge edge;
    private final Listener listener;
    private final Optional<String> pinnedVersion;
    private final Instant startedAt;
    private final Cell<S> state;
    private final AtomicBoolean gone = new AtomicBoolean();
    private final ConferenceMailbox mailbox;
    private final ConferenceLog log;
    private final InputHistory history = new InputHistory();
    private final Holdings holdings;
    private final RequestNumbers numbers;
    private final EffectCarrier carrier;
    private final ConferenceTimes times;
    private final ConferenceJournal<S> journal;

    private ConferenceActor(
            RoomId room,
            ConferenceModel<S> model,
            S state,
            Instant startedAt,
            ConferenceJournal.Run run,
            ConferenceJournal<S> journal,
            ConferenceEdge edge,
            Listener listener) {
        this.room = room;
        this.model = model;
        this.edge = edge;
        this.listener = listener;
        this.pinnedVersion = run.pinnedVersion();
        this.startedAt = startedAt;
        this.state = new Cell<>(state);
        this.journal = journal;
        this.log = new ConferenceLog(room);
        this.mailbox = new ConferenceMailbox(
                edge.environment().workers(), edge.limits().mailbox(), edge.counters().inputsDropped, this::take);
        this.holdings = new Holdings(
                room,
                edge,
                journal,
                new Timers<>(edge.environment().scheduler(), edge.counters().timers, mailbox::due));
        this.numbers = new RequestNumbers(run.number());
        this.times = new ConferenceTimes(edge.counters()::took);
        this.carrier = new EffectCarrier(room, pinnedVersion, edge, numbers, holdings, log);
    }

    /** A conference to which nothing has happened. */
    static <S> ConferenceActor<S> fresh(
            RoomId room,
            ConferenceModel<S> model,
            long seed,
            ConferenceJournal.Run run,
            ConferenceEdge edge,
            Listener listener) {
        Instant now = edge.environment().clock().instant();
        ConferenceJournal<S> journal =
                ConferenceJournal.fresh(edge.environment().journal(), room, model.keeper(), run);
        return new ConferenceActor<>(room, model, model.initial(room, seed, now), now, run, journal, edge, listener);
    }

    /**
     * A conference that another process kept, as it was. Nothing is sent; what is under way is taken up by {@link
     * #resume}.
     *
     * @throws IllegalArgumentException where the records are not the whole of it, or of another version
     */
    static <S> ConferenceActor<S> restored(
            RoomId room,
            ConferenceModel<S> model,
            ConferenceModel.Kept<S> kept,
            Map<String, byte[]> records,
            ConferenceEdge edge,
            Listener listener) {
        ConferenceJournal.Run run = ConferenceJournal.Run.read(records);
        ConferenceJournal<S> journal =
                ConferenceJournal.restored(edge.environment().journal(), room, kept.keeper(), run, records);
        return new ConferenceActor<>(
                room, model, kept.state(), model.startedAt(kept.state()), run, journal, edge, listener);
    }

    /** Takes up what is under way. Before anything is told. Where that cannot be done, the conference ends. */
    Told resume() {
        journal.change(() -> {
            Instant now = edge.environment().clock().instant();
            try {
                for (LooseEnd end : model.looseEnds(state.get())) {
                    carrier.takeUp(end, now);
                }
            } catch (RuntimeException | AssertionError e) {
                broken(e);
            }
        });
        return gone.get() ? Told.GONE : Told.YES;
    }

    RoomId room() {
        return room;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Puts an input into the mailbox. Where the mailbox is full, the sender is answered at once, on this thread. */
    Told tell(ConferenceInput input) {
        if (gone.get()) {
            return Told.GONE;
        }
        if (mailbox.put(input) == ConferenceMailbox.Delivery.REFUSED) {
            refuse(input, Admission.Cause.OVERLOAD);
        }
        return Told.YES;
    }

    /** The conference in numbers, as it was after its last step. */
    FocusSnapshot.Conference summary() {
        return model.summary(state.get());
    }

    /** Who of it is on that bridge, as it was after its last step. */
    Optional<MovePlan.Part> on(BridgeId bridge) {
        return model.on(state.get(), bridge);
    }

    /** Where it is, as it was after its last step. */
    ConferenceLayout layout(Instant now) {
        return model.layout(state.get(), now).pinnedTo(pinnedVersion);
    }

    /** The room that this breakout room belongs to. */
    Optional<RoomId> mainRoom() {
        return model.mainRoom(state.get());
    }

    /** The bridges that it was on after its last step. */
    Set<BridgeId> bridges() {
        return model.bridges(state.get());
    }

    /** Who of that region can be moved away from that bridge, those who are missed least first. */
    List<Passenger> passengers(BridgeId bridge, Optional<Region> region) {
        return model.passengers(state.get(), bridge, region);
    }

    Map<String, Object> debug() {
        return model.debug(state.get());
    }

    int queued() {
        return mailbox.size();
    }

    private void take(ConferenceMailbox.Mail mail) {
        if (gone.get()) {
            discard(mail);
            return;
        }
        journal.change(() -> {
            handle(mail);
            if (!gone.get()) {
                journal.keep(state.get());
            }
        });
    }

    private void handle(ConferenceMailbox.Mail mail) {
        switch (mail) {
            case ConferenceMailbox.Mail.Input input -> {
                if (!journal.isRepeated(input.input())) {
                    numbers.inward(input.input()).ifPresent(this::run);
                }
            }
            case ConferenceMailbox.Mail.TimerDue timer -> {
                if (holdings.timers().claim(timer.due())) {
                    run(new ConferenceInput.TimerFired(timer.due().key()));
                }
            }
            case ConferenceMailbox.Mail.Overrun overrun ->
                broken(new IllegalStateException("the mailbox was overrun; at twice its bound an answer was lost"));
            case ConferenceMailbox.Mail.Newest newest -> throw new IllegalStateException("the mailbox opens this one");
        }
    }

    private void run(ConferenceInput first) {
        try {
            Queue<ConferenceInput> inputs = new ArrayDeque<>();
            inputs.add(first);
            for (int steps = 0; !inputs.isEmpty(); steps++) {
                if (steps > LONGEST_CHAIN) {
                    throw new IllegalStateException("one input brought about " + LONGEST_CHAIN + " others");
                }
                step(inputs.remove(), inputs::add);
                if (gone.get()) {
                    return;
                }
            }
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            broken(e);
        }
    }

    private void step(ConferenceInput input, Consumer<ConferenceInput> next) {
        Instant now = edge.environment().clock().instant();
        history.add(now, input);
        holdings.received(input);
        times.received(input, now);
        Step<S> step = model.step(state.get(), input, now);
        state.set(step.state());
        for (Effect effect : step.effects()) {
            times.sent(effect, now);
            switch (carrier.carry(effect)) {
                case EffectCarrier.Outcome.Nothing nothing -> {}
                case EffectCarrier.Outcome.Next answer -> next.accept(answer.input());
                case EffectCarrier.Outcome.Ended ended -> {
                    end(ended.reason());
                    return;
                }
            }
        }
    }

    private void end(EndReason reason) {
        attempt(
                "giving back what is left",
                () -> holdings.returnAll(reason == EndReason.BROKEN ? Admission.Cause.BROKEN : Admission.Cause.GONE)
                        .ifPresent(
                                forgotten -> log.line(Effect.Level.WARN, "Ended with something left: " + forgotten)));
        Duration lasted = Duration.between(startedAt, edge.environment().clock().instant());
        log.line(Effect.Level.INFO, "Ended after " + lasted.toSeconds() + " s: " + reason);
        journal.forget();
        listener.ended(this);
        gone.set(true);
    }

    private void broken(Throwable cause) {
        List<String> summary = new ArrayList<>();
        attempt("describing the state", () -> summary.add(model.describe(state.get())));
        log.broken("The conference broke and ends. State: " + summary + "\nLast inputs:\n" + history.lines(), cause);
        List<Effect> abandon = new ArrayList<>();
        attempt("finding out what is on bridges", () -> abandon.addAll(model.abandon(state.get())));
        if (abandon.isEmpty()) {
            abandon.add(new Effect.LeaveRoom());
        }
        for (Effect effect : abandon) {
            attempt("carrying out " + effect.getClass().getSimpleName(), () -> carrier.carry(effect));
        }
        end(EndReason.BROKEN);
    }

    /** Clears up as far as it can be: one thing that fails does not keep the next from happening. */
    private void attempt(String what, Runnable clearing) {
        try {
            clearing.run();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            log.broken("Clearing up failed at " + what, e);
        }
    }

    private void discard(ConferenceMailbox.Mail mail) {
        if (mail instanceof ConferenceMailbox.Mail.Input late) {
            if (late.input() instanceof ConferenceInput.Requested requested) {
                listener.requestedTooLate(requested.request(), requested.requester());
            } else {
                refuse(late.input(), Admission.Cause.GONE);
            }
        }
    }

    /** Answers an input that the machine does not get to see. */
    private void refuse(ConferenceInput input, Admission.Cause cause) {
        switch (Admission.of(input)) {
            case Admission.Request request ->
                edge.answerNotReady(request.request(), request.requester().told());
            case Admission.Iq iq -> edge.ports().answers().refuse(iq.stanza(), cause.error());
            case Admission.Presence presence -> {}
            case Admission.Leave leave -> {}
            case Admission.Fact fact -> {}
        }
    }
}
