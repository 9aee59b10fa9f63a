package org.confocal.tests.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.model.TerminateReason;
import org.confocal.focus.port.AnswerGateway;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.port.FocusInbox;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.focus.port.FocusPorts;
import org.confocal.focus.port.ParticipantGateway;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * What stands between one process of the focus and its streams, as adapters do: sends what the focus wants sent, knows which
 * questions are open and for how long, and tells the focus what comes in. Ends with its process. Signalling that nobody in a
 * simulated room reacts to is sent and goes nowhere.
 */
final class SimPorts implements RoomGateway, ParticipantGateway, BridgeGateway, AnswerGateway {
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(15);

    private final Map<RoomId, SimRoom> rooms;
    private final SimFleet fleet;
    private final MoveBudgets budgets;
    private final SimLife life;
    private final Schedule schedule;
    private final SimStream.End stream;
    private final SimStream.End brewery;
    private final Map<Question, Runnable> open = new LinkedHashMap<>();
    private final Map<RoomId, Long> entering = new HashMap<>();
    private final Set<RoomId> restored = new LinkedHashSet<>();
    private Optional<FocusInbox> inbox = Optional.empty();

    /** What waits for an answer. */
    sealed interface Question {
        record OfBridge(RoomId room, RequestId request) implements Question {}

        record Health(BridgeId bridge, long number) implements Question {}

        record Features(RoomId room, RequestId request, EndpointId id) implements Question {}

        record Offered(RoomId room, EndpointId id, SessionId session, Offer.Kind kind) implements Question {}
    }

    SimPorts(SimProcess.Surroundings around, MoveBudgets budgets, SimLife life, Journal journal) {
        this.rooms = around.rooms();
        this.fleet = around.fleet();
        this.schedule = around.schedule();
        this.budgets = budgets;
        this.life = life;
        this.stream = around.stream().new End(life, journal, this);
        this.brewery = around.stream() == around.brewery() ? stream : around.brewery().new End(life, journal, this);
    }

    FocusPorts all() {
        return new FocusPorts(this, this, this, this);
    }

    /** Before anything comes in. */
    void attach(FocusInbox focus) {
        inbox = Optional.of(focus);
    }

    SimStream.End stream() {
        return stream;
    }

    SimStream.End brewery() {
        return brewery;
    }

    private FocusInbox focus() {
        return inbox.orElseThrow();
    }

    private SimRoom room(RoomId id) {
        return Optional.ofNullable(rooms.get(id)).orElseThrow(() -> new Violation("there is no room " + id));
    }

    /** The room whose occupant sent a stanza. */
    private SimRoom room(StanzaRef stanza) {
        return room(new RoomId(bare(stanza.from())));
    }

    private static String bare(Jid jid) {
        int slash = jid.value().indexOf('/');
        return slash < 0 ? jid.value() : jid.value().substring(0, slash);
    }

    private void send(Runnable delivery) {
        stream.send(delivery, () -> {});
    }

    private void expect(Question question, String what, Runnable unanswered) {
        open.put(question, unanswered);
        schedule.in(
                REPLY_TIMEOUT,
                what,
                () -> life.enter(() -> {
                    if (open.remove(question, unanswered)) {
                        unanswered.run();
                    }
                }));
    }

    private boolean isAnswered(Question question) {
        return open.remove(question) != null;
    }

    // --- the stream ---

    /** It goes on with the stream of the rooms of the process before it. */
    void resumed() {
        focus().connection(FocusInbox.ConnectionState.RESUMED);
        List.copyOf(restored).forEach(this::join);
        restored.clear();
    }

    /** The stream of the rooms is gone, or another one. */
    void lost() {
        entering.clear();
        restored.clear();
    }

    /** The stream to the brewery is gone, or another one: what has no answer yet never gets one. */
    void breweryLost() {
        for (Question question : List.copyOf(open.keySet())) {
            if (question instanceof Question.OfBridge asked) {
                answered(asked, new BridgeAnswer.NotSent());
            } else if (question instanceof Question.Health asked) {
                checked(asked, HealthAnswer.OTHER_ERROR);
            }
        }
        budgets.allLeft();
        focus().breweryJoined(false);
    }

    void breweryJoined() {
        focus().breweryJoined(true);
    }

    // --- what comes in ---

    void requested(ConferenceRequest request) {
        focus().requested(request);
    }

    /** {@code otherwise} is the answer where the focus has no conference there. */
    void happened(RoomId room, ConferenceInput input, Runnable otherwise) {
        boolean presence =
                input instanceof ConferenceInput.MemberPresent || input instanceof ConferenceInput.MemberLeft;
        // Who is there is part of what it is told when it is in.
        if (presence && entering.containsKey(room)) {
            return;
        }
        if (!focus().happened(room, input)) {
            send(otherwise);
        }
    }

    void entered(RoomId room, long attempt, ConferenceInput input) {
        if (entering.remove(room, attempt)) {
            focus().happened(room, input);
        }
    }

    void lost(RoomId room, ConferenceInput.RoomLost lost) {
        focus().happened(room, lost);
    }

    void discovered(Question.Features asked, Set<Feature> features) {
        if (isAnswered(asked)) {
            focus().happened(
                            asked.room(),
                            new ConferenceInput.FeaturesDiscovered(asked.request(), asked.id(), features));
        }
    }

    void answered(Question.Offered asked, OfferAnswer answer) {
        if (isAnswered(asked)) {
            focus().happened(asked.room(), new ConferenceInput.OfferAnswered(asked.id(), asked.session(), answer));
        }
    }

    void answered(Question.OfBridge asked, BridgeAnswer answer) {
        if (isAnswered(asked)) {
            answeredAgain(asked, answer);
        }
    }

    /** An answer that nobody waits for reaches the focus all the same. */
    void answeredAgain(Question.OfBridge asked, BridgeAnswer answer) {
        focus().happened(asked.room(), new ConferenceInput.BridgeAnswered(asked.request(), answer));
    }

    void checked(Question.Health asked, HealthAnswer answer) {
        if (isAnswered(asked)) {
            focus().bridgeChecked(asked.bridge(), answer);
        }
    }

    void reported(BridgeId bridge, BridgeReport report) {
        focus().bridgeReported(bridge, report, List.of());
    }

    void left(BridgeId bridge) {
        budgets.left(bridge);
        focus().bridgeLeft(bridge);
    }

    // --- what goes out ---

    @Override
    public void join(RoomId room) {
        long attempt = stream.number();
        entering.put(room, attempt);
        stream.send(() -> room(room).join(attempt), () -> {});
    }

    @Override
    public void leave(RoomId room) {
        entering.remove(room);
        restored.remove(room);
        send(() -> room(room).focusLeaves());
    }

    @Override
    public void restore(RoomId room, Optional<FocusPresence> shown, Stage stage) {
        if (stage == Stage.ENTERING || stage == Stage.REENTERING) {
            restored.add(room);
        }
    }

    @Override
    public void publish(RoomId room, FocusPresence presence) {
        send(() -> {});
    }

    @Override
    public void grantOwner(RoomId room, Jid bareJid) {
        send(() -> {});
    }

    @Override
    public void discoverFeatures(RoomId room, RequestId request, EndpointId id, Optional<Caps> caps) {
        Question.Features question = new Question.Features(room, request, id);
        expect(
                question,
                room.local() + ": no features of " + id,
                () -> focus().happened(room, new ConferenceInput.FeaturesDiscovered(request, id, Feature.DEFAULTS)));
        send(() -> room(room).discover(question));
    }

    @Override
    public void offer(RoomId room, EndpointId id, Offer offer) {
        Question.Offered question = new Question.Offered(room, id, offer.session(), offer.kind());
        awaitOffer(question);
        stream.send(() -> room(room).offer(question, offer), () -> answered(question, OfferAnswer.NO_REPLY));
    }

    @Override
    public void awaitOffer(RoomId room, EndpointId id, SessionId session, Offer.Kind kind) {
        awaitOffer(new Question.Offered(room, id, session, kind));
    }

    private void awaitOffer(Question.Offered question) {
        expect(
                question,
                question.room().local() + ": no answer to an offer",
                () -> focus().happened(
                                question.room(),
                                new ConferenceInput.OfferAnswered(
                                        question.id(), question.session(), OfferAnswer.NO_REPLY)));
    }

    @Override
    public void addSources(
            RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding) {
        send(() -> {});
    }

    @Override
    public void removeSources(
            RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding) {
        send(() -> {});
    }

    @Override
    public void transportInfo(RoomId room, EndpointId id, SessionId session, IceTransport transport) {
        send(() -> {});
    }

    @Override
    public void terminate(RoomId room, EndpointId id, SessionId session, TerminateReason reason) {
        send(() -> room(room).terminate(new Effect.SendTerminate(id, session, reason)));
    }

    @Override
    public void mute(RoomId room, EndpointId id, MutedMedia media, EndpointId actor) {
        send(() -> {});
    }

    @Override
    public void modify(RoomId room, RequestId request, BridgeId bridge, BridgeRequest change) {
        Question.OfBridge question = new Question.OfBridge(room, request);
        await(room, request, bridge);
        Runnable notSent = () -> {
            fleet.lost(bridge, change);
            answered(question, new BridgeAnswer.NotSent());
        };
        if (fleet.isUp()) {
            brewery.send(() -> fleet.modify(question, bridge, change), notSent);
        } else {
            notSent.run();
        }
    }

    @Override
    public void await(RoomId room, RequestId request, BridgeId bridge) {
        expect(
                new Question.OfBridge(room, request),
                "timeout of " + bridge.nick(),
                () -> focus().happened(room, new ConferenceInput.BridgeAnswered(request, new BridgeAnswer.TimedOut())));
    }

    @Override
    public void check(BridgeId bridge) {
        Question.Health question = new Question.Health(bridge, brewery.number());
        expect(question, "no health of " + bridge.nick(), () -> focus().bridgeChecked(bridge, HealthAnswer.TIMED_OUT));
        brewery.send(() -> fleet.check(question), () -> checked(question, HealthAnswer.OTHER_ERROR));
    }

    @Override
    public void acknowledge(StanzaRef stanza) {
        send(() -> room(stanza).acknowledged(stanza));
    }

    @Override
    public void refuse(StanzaRef stanza, StanzaError error) {
        send(() -> room(stanza).refused(stanza, error));
    }

    @Override
    public void answer(StanzaRef stanza, ConferenceAnswer answer) {
        send(() -> room(answer.room()).answered(answer.ready()));
    }

    @Override
    public void answer(StanzaRef stanza, AuthenticationReply reply) {}
}
