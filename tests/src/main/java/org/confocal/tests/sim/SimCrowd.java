package org.confocal.tests.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceGroup.Semantics;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.TerminateReason;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;

/** The people of one room: they come, accept, talk, share, ask for restarts, misbehave and leave. */
final class SimCrowd implements SimRoom.Crowd {
    private static final IceTransport CLIENT_TRANSPORT = new IceTransport(
            Optional.of("client"),
            Optional.of("secret"),
            true,
            List.of(new IceTransport.Fingerprint("sha-256", Optional.of("active"), false, false, "CD:EF")),
            List.of(),
            List.of(),
            OptionalInt.empty());

    private final SimRoom room;
    private final Schedule schedule;
    private final Chaos chaos;
    private final int most;
    private int arrivals;
    private long nextSsrc;
    private boolean closing;

    SimCrowd(SimRoom room, Schedule schedule, Chaos chaos) {
        this.room = room;
        this.schedule = schedule;
        this.chaos = chaos;
        most = chaos.between(2, 7);
        nextSsrc = 1 + Math.floorMod(chaos.number(), 1_000_000_000L);
    }

    int arrivals() {
        return arrivals;
    }

    /** Somebody comes now, and others again and again until {@link #close}. */
    void open() {
        if (closing) {
            return;
        }
        if (room.size() < most) {
            arrive();
        }
        schedule.in(chaos.millis(50, 9_000), "next arrival", this::open);
    }

    /** One more comes, if there is room. */
    void oneComes() {
        if (!closing && room.size() < most) {
            arrive();
        }
    }

    /** Somebody goes. */
    void oneLeaves() {
        for (SimPerson person : room.people()) {
            room.leave(person, Departure.LEFT);
            return;
        }
    }

    /** Nobody comes any more, and nobody misbehaves. */
    void close() {
        closing = true;
    }

    private void arrive() {
        int number = ++arrivals;
        EndpointId id = new EndpointId("%s-p%d".formatted(room.id().local(), number));
        enter(id, number);
    }

    private void enter(EndpointId id, int number) {
        SimPerson.Kind kind = chaos.oneOf(List.of(SimPerson.Kind.values()));
        Optional<Region> region =
                chaos.oneOf(List.of(Optional.of(new Region("eu")), Optional.of(new Region("us")), Optional.empty()));
        Jid real = new Jid("u%d@example.org/r%d".formatted(number, chaos.between(0, 1_000_000)));
        SimPerson person = new SimPerson(id, real, kind, region);
        room.request(real);
        schedule.in(chaos.millis(5, 400), id + " joins the room", () -> join(person));
    }

    private void join(SimPerson person) {
        if (room.isTaken(person.id())) {
            return;
        }
        if (room.serviceUp()) {
            room.enter(person);
            live(person);
        } else {
            schedule.in(chaos.millis(1_000, 5_000), person.id() + " tries again", () -> {
                room.request(person.realJid());
                join(person);
            });
        }
    }

    /** Most of those who lost the room come back to it, by the same name. */
    @Override
    public void comeBack(List<SimPerson> people) {
        for (SimPerson person : people) {
            if (chaos.chance(0.8)) {
                schedule.in(chaos.millis(200, 15_000), person.id() + " is back", () -> enter(person.id(), ++arrivals));
            }
        }
    }

    /** The next thing that somebody does, at a random moment, as long as they are in the room. */
    private void live(SimPerson person) {
        schedule.in(chaos.millis(300, 12_000), person.id() + " acts", () -> {
            if (!closing && room.isIn(person)) {
                act(person);
                live(person);
            }
        });
    }

    private void act(SimPerson person) {
        switch (chaos.between(0, 11)) {
            case 0 -> room.leave(person, Departure.LEFT);
            case 1 -> vanish(person);
            case 2 -> replace(person);
            case 3, 4 -> share(person);
            case 5 -> unshare(person);
            case 6 -> invalidSource(person);
            case 7 -> restart(person);
            case 8 -> wrongRestart(person);
            case 9 -> iceRestart(person);
            case 10 -> mute(person);
            default -> room.changePresence(person);
        }
    }

    private void vanish(SimPerson person) {
        if (chaos.strikes(Fault.PERSON_VANISHED)) {
            // The client is gone at once; the room hears of it when Prosody gives the connection up.
            person.losesSession();
            person.becomesUnwilling();
            schedule.in(
                    chaos.millis(1_000, 60_000),
                    person.id() + " is given up",
                    () -> room.leave(person, Departure.LEFT));
        }
    }

    private void replace(SimPerson person) {
        if (chaos.strikes(Fault.PERSON_REPLACED)) {
            room.leave(person, Departure.LEFT);
            enter(person.id(), ++arrivals);
        }
    }

    @Override
    public Optional<OfferAnswer> offered(SimPerson person, Offer offer) {
        if (offer.kind() == Offer.Kind.REPLACE) {
            return replaced(person, offer);
        }
        if (chaos.isUnnoticed() && person.session().isPresent()) {
            throw new Violation("%s has session %s and is offered another".formatted(person.id(), person.session()));
        }
        if (!person.takesOffer(offer.session(), offer.bridgeSession())) {
            throw new Violation("session id used again: " + offer.session());
        }
        if (person.kind() == SimPerson.Kind.REWRITING
                && offer.sources().entries().stream()
                        .anyMatch(e -> e.owner() instanceof org.confocal.focus.model.SourceOwner.Endpoint)) {
            // A client whose disco#info went unanswered is taken for one without rewriting, rightly.
            schedule.remember("sources in spite of SSRC rewriting, to ", person.id());
        }
        if (chaos.strikes(Fault.OFFER_REFUSED)) {
            person.losesSession();
            person.becomesUnwilling();
            return Optional.of(OfferAnswer.REFUSED);
        }
        if (chaos.strikes(Fault.ACCEPT_NEVER)) {
            person.becomesUnwilling();
        } else {
            Duration delay = chaos.strikes(Fault.ACCEPT_LATE) ? chaos.millis(3_000, 20_000) : chaos.millis(20, 300);
            schedule.in(delay, person.id() + " accepts", () -> accept(person, offer.session()));
        }
        return chaos.strikes(Fault.OFFER_ANSWER_LOST) ? Optional.empty() : Optional.of(OfferAnswer.ACKNOWLEDGED);
    }

    /** Another transport for the session that somebody has, or had until just now. */
    private Optional<OfferAnswer> replaced(SimPerson person, Offer offer) {
        SessionId session = offer.session();
        if (!person.takesTransport(session, offer.bridgeSession())) {
            return Optional.of(OfferAnswer.REFUSED);
        }
        if (chaos.strikes(Fault.TRANSPORT_REJECTED)) {
            room.send(person, new JingleRequest.TransportReject(Optional.of(session)), ignored -> {});
        } else if (!chaos.strikes(Fault.TRANSPORT_IGNORED)) {
            schedule.in(chaos.millis(20, 300), person.id() + " takes a transport", () -> take(person, session));
        }
        return chaos.strikes(Fault.OFFER_ANSWER_LOST) ? Optional.empty() : Optional.of(OfferAnswer.ACKNOWLEDGED);
    }

    private void take(SimPerson person, SessionId session) {
        if (isIn(person, session)) {
            JingleRequest accept = new JingleRequest.Accept(
                    Optional.of(session), EndpointSources.EMPTY, Optional.of(CLIENT_TRANSPORT), OptionalInt.empty());
            // One that is told that it came too late is told what to do instead, too.
            room.send(person, accept, error -> {
                if (isIn(person, session) && error.isEmpty()) {
                    person.accepts();
                }
            });
        }
    }

    private void accept(SimPerson person, SessionId session) {
        if (!isIn(person, session)) {
            return;
        }
        if (person.sources().isEmpty()) {
            person.sends(camera(person));
        }
        boolean invalid = chaos.strikes(Fault.ACCEPT_INVALID);
        EndpointSources sources = invalid ? invalid(person) : person.sources();
        JingleRequest accept = new JingleRequest.Accept(
                Optional.of(session), sources, Optional.of(CLIENT_TRANSPORT), OptionalInt.of(25));
        if (invalid) {
            person.becomesUnwilling();
        }
        room.send(person, accept, error -> {
            if (isIn(person, session)) {
                error.ifPresentOrElse(ignored -> person.losesSession(), person::accepts);
            }
        });
        if (chaos.strikes(Fault.ACCEPT_REPEATED)) {
            room.send(person, accept, ignored -> {});
        }
    }

    private boolean isIn(SimPerson person, SessionId session) {
        return room.isIn(person) && person.session().equals(Optional.of(session));
    }

    @Override
    public void terminated(SimPerson person, Effect.SendTerminate terminate) {
        if (chaos.isUnnoticed() && terminate.reason() == TerminateReason.MOVING) {
            throw new Violation("%s is moved although all bridges are well".formatted(person.id()));
        }
        if (person.session().equals(Optional.of(terminate.session()))) {
            person.losesSession();
        }
    }

    /** Whoever is still there asks for the focus again, as clients do when it leaves. */
    @Override
    public void conferenceEnded() {
        for (SimPerson person : room.people()) {
            room.request(person.realJid());
            break;
        }
    }

    private void share(SimPerson person) {
        if (!person.hasAccepted()) {
            return;
        }
        EndpointSources desktop = simple(person, person.nextSource(), VideoType.DESKTOP);
        EndpointSources before = person.sources();
        person.sends(plus(before, desktop));
        Optional<SessionId> session = person.session();
        room.send(person, new JingleRequest.SourceAdd(session, desktop), error -> {
            // In a new session the accept has said or will say what is sent now.
            if (error.isPresent() && person.session().equals(session)) {
                person.sends(minus(person.sources(), desktop));
                person.couldNotSignal(desktop);
            }
        });
        room.changePresence(person);
    }

    private void unshare(SimPerson person) {
        if (!person.hasAccepted() || person.sources().sources().isEmpty()) {
            return;
        }
        Source last = person.sources().sources().getLast();
        EndpointSources removed = new EndpointSources(List.of(last), List.of());
        List<SourceGroup> groups = person.sources().groups().stream()
                .filter(group -> group.ssrcs().contains(last.ssrc()))
                .toList();
        person.sends(minus(person.sources(), removed));
        Optional<SessionId> session = person.session();
        room.send(person, new JingleRequest.SourceRemove(session, removed), error -> {
            if (error.isPresent() && person.session().equals(session) && person.hasSignalled(last)) {
                // What the focus did not hear of is still signalled.
                person.sends(plus(person.sources(), new EndpointSources(List.of(last), groups)));
            }
        });
    }

    private void invalidSource(SimPerson person) {
        if (person.hasAccepted() && chaos.strikes(Fault.SOURCE_INVALID)) {
            room.send(person, new JingleRequest.SourceAdd(person.session(), invalid(person)), error -> {
                if (error.isEmpty()) {
                    throw new Violation("invalid sources of " + person.id() + " were taken");
                }
            });
        }
    }

    @Override
    public void iceFailed(SimPerson person) {
        restart(person);
    }

    /** What lib-jitsi-meet does when ICE fails (spec/07, section 5): its session is closed before it asks for another. */
    private void restart(SimPerson person) {
        Optional<SessionId> session = person.session();
        if (session.isEmpty() || !person.hasAccepted()) {
            return;
        }
        person.losesSession();
        room.send(
                person,
                terminate(session, person.bridgeSession()),
                error -> error.ifPresent(refusal -> {
                    // Rate limited, or the focus knew better: the app reloads the page.
                    room.leave(person, Departure.LEFT);
                }));
    }

    private void wrongRestart(SimPerson person) {
        if (person.hasAccepted() && chaos.strikes(Fault.REQUEST_WITH_WRONG_SESSION)) {
            Optional<BridgeSessionId> wrong = Optional.of(new BridgeSessionId("no such session"));
            room.send(person, terminate(person.session(), wrong), error -> {
                if (error.isEmpty()) {
                    throw new Violation("a restart with a wrong bridge session was granted to " + person.id());
                }
            });
        }
    }

    private static JingleRequest terminate(Optional<SessionId> session, Optional<BridgeSessionId> bridgeSession) {
        return new JingleRequest.Terminate(
                session, Optional.of("connectivity-error"), Optional.of("ICE FAILED"), bridgeSession, true);
    }

    private void iceRestart(SimPerson person) {
        if (person.hasAccepted()) {
            room.send(person, new JingleRequest.IceRestart(person.session(), person.bridgeSession()), ignored -> {});
        }
    }

    private void mute(SimPerson person) {
        List<SimPerson> targets = new ArrayList<>();
        room.people().forEach(targets::add);
        EndpointId target = chaos.oneOf(targets).id();
        room.send(
                person,
                stanza -> new ConferenceInput.MuteRequested(
                        stanza, person.id(), Optional.of(target), MutedMedia.AUDIO, Optional.of(true)));
    }

    private EndpointSources camera(SimPerson person) {
        String msid = "stream-%s-v track-%s-v".formatted(person.id(), person.id());
        Optional<String> name = Optional.of(person.id() + "-v0");
        Source first = new Source(ssrc(), MediaType.VIDEO, name, Optional.of(msid), VideoType.CAMERA);
        Source second = new Source(ssrc(), MediaType.VIDEO, name, Optional.of(msid), VideoType.CAMERA);
        Source rtx = new Source(ssrc(), MediaType.VIDEO, name, Optional.of(msid), VideoType.CAMERA);
        Source audio = new Source(
                ssrc(),
                MediaType.AUDIO,
                Optional.of(person.id() + "-a0"),
                Optional.of("stream-%s-a track-%s-a".formatted(person.id(), person.id())),
                VideoType.CAMERA);
        return new EndpointSources(
                List.of(audio, first, second, rtx),
                List.of(
                        new SourceGroup(Semantics.SIM, MediaType.VIDEO, List.of(first.ssrc(), second.ssrc())),
                        new SourceGroup(Semantics.FID, MediaType.VIDEO, List.of(first.ssrc(), rtx.ssrc()))));
    }

    private EndpointSources simple(SimPerson person, int number, VideoType type) {
        String name = "%s-v%d".formatted(person.id(), number + 1);
        return new EndpointSources(
                List.of(new Source(
                        ssrc(),
                        MediaType.VIDEO,
                        Optional.of(name),
                        Optional.of("stream-%s track-%s".formatted(name, name)),
                        type)),
                List.of());
    }

    private EndpointSources invalid(SimPerson person) {
        long value = chaos.oneOf(List.of(1L << 33, 0L, -5L, Long.MAX_VALUE));
        return new EndpointSources(
                List.of(new Source(
                        new Ssrc(value),
                        MediaType.AUDIO,
                        Optional.of(person.id() + "-a9"),
                        Optional.of("bad bad" + person.id()),
                        VideoType.CAMERA)),
                List.of());
    }

    private Ssrc ssrc() {
        return new Ssrc(nextSsrc++);
    }

    private static EndpointSources plus(EndpointSources left, EndpointSources right) {
        List<Source> sources = new ArrayList<>(left.sources());
        sources.addAll(right.sources());
        List<SourceGroup> groups = new ArrayList<>(left.groups());
        groups.addAll(right.groups());
        return new EndpointSources(sources, groups);
    }

    private static EndpointSources minus(EndpointSources left, EndpointSources right) {
        Set<Ssrc> gone = right.sources().stream().map(Source::ssrc).collect(java.util.stream.Collectors.toSet());
        return new EndpointSources(
                left.sources().stream().filter(s -> !gone.contains(s.ssrc())).toList(),
                left.groups().stream()
                        .filter(g -> g.ssrcs().stream().noneMatch(gone::contains))
                        .toList());
    }
}
