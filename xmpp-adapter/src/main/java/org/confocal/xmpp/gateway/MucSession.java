package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.codec.Addresses;
import org.confocal.xmpp.codec.PresenceCodec;
import org.confocal.xmpp.codec.RoomFormCodec;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.id.StandardStanzaIdSource;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room and the focus in it (XEP-0045, spec/02 section 5.1): enter, wait for the own presence, read the owner's form, make
 * real JIDs visible; then hand on what occupants do. Methods may be called from any thread; everything happens in one queue.
 * A step that is not answered within the timeout, or answered with an error, ends the attempt, and the room is told so.
 *
 * <p>A service that was restarted tells nobody that its rooms are gone: {@link SelfPing} finds out.
 */
final class MucSession {
    private static final Logger LOG = LoggerFactory.getLogger(MucSession.class);

    private final XmppConnection connection;
    private final RoomId room;
    private final String nick;
    private final Role role;
    private final Timers timers;
    private final Duration timeout;
    private final Events events;
    private final SerialTasks tasks = new SerialTasks();
    private final SelfPing selfPing;

    /** The same in every presence of this room, as clients are used to. */
    private final String presenceId = StandardStanzaIdSource.DEFAULT.getNewStanzaId();

    // All below is only touched in the queue.
    private Phase phase = Phase.OUTSIDE;
    private boolean wasInside;
    private long attempt;
    private Timers.Timer timer = () -> {};
    private final Map<EndpointId, Presence> occupants = new LinkedHashMap<>();
    private List<ExtensionElement> shown = List.of();
    private boolean shownIsSent = true;

    /** What the focus has to be in the room. */
    enum Role {
        /** Owner: without the form, and later without the affiliation, it is of no use there. */
        OWNER,
        /** Anything; the form is tried because a new room stays locked without. */
        OCCUPANT
    }

    /** Where the focus stands. */
    private enum Phase {
        OUTSIDE,
        ENTERING,
        CONFIGURING,
        INSIDE
    }

    /** What happens in the room, called in the session's queue. */
    interface Events {
        /** The focus is in the room; {@code occupants} are the available presences of all others at this moment. */
        void joined(RoomForm form, List<Presence> occupants);

        /** The focus could not enter and is not in the room. */
        void joinFailed(String reason);

        /** An available presence of another occupant. */
        void present(Presence presence);

        /** An unavailable presence of another occupant. */
        void left(Presence presence);

        /** The focus was in the room and is no longer, or no longer in its role. */
        void lost(RoomLoss loss);
    }

    MucSession(
            XmppConnection connection,
            RoomId room,
            String nick,
            Role role,
            Timers timers,
            Duration timeout,
            Events events) {
        this.connection = connection;
        this.room = room;
        this.nick = nick;
        this.role = role;
        this.timers = timers;
        this.timeout = timeout;
        this.events = events;
        this.selfPing = new SelfPing(connection, timers, tasks, this::forgotten);
    }

    /** Enters, anew where it is inside already; ends in {@code joined} or {@code joinFailed}. */
    void join() {
        tasks.execute(this::enter);
    }

    /** Leaves, or gives up entering. No event follows. */
    void leave() {
        tasks.execute(() -> {
            if (phase != Phase.OUTSIDE) {
                goOutside();
                sendUnavailable();
            }
        });
    }

    /** Shows this beside the presence from now on, over re-entering too. Sent at once inside, else on entering. */
    void show(List<ExtensionElement> extensions) {
        tasks.execute(() -> {
            shown = List.copyOf(extensions);
            shownIsSent = false;
            showInside();
        });
    }

    /** Goes on where another process had stopped, which had shown this last. Sends nothing. */
    void restore(List<ExtensionElement> extensions, RoomGateway.Stage stage) {
        tasks.execute(() -> {
            shown = List.copyOf(extensions);
            wasInside = stage != RoomGateway.Stage.ENTERING;
            phase = switch (stage) {
                // Without a timeout: the stream is going to be resumed, which begins anew, or lost.
                case ENTERING, REENTERING -> Phase.ENTERING;
                case INSIDE -> Phase.INSIDE;
                case AWAY -> Phase.OUTSIDE;
            };
            if (phase == Phase.INSIDE) {
                Addresses.occupant(room, nick).ifPresent(selfPing::start);
            }
        });
    }

    /** A presence from an occupant of this room, the focus included, or an error about one. */
    void onPresence(Presence presence) {
        tasks.execute(() -> {
            if (phase == Phase.OUTSIDE) {
                return;
            }
            if (presence.getType() == Presence.Type.error) {
                onError(presence);
            } else if (PresenceCodec.isSelf(presence, nick)) {
                onSelf(presence);
            } else {
                onOther(presence);
            }
        });
    }

    /**
     * The stream is gone, and the room with it. A first attempt to enter fails. Being inside ends without an event, and so
     * does an attempt to enter again: whoever was inside waits for the next stream.
     */
    void disconnected() {
        tasks.execute(() -> {
            boolean first = isTrying() && !wasInside;
            goOutside();
            if (first) {
                events.joinFailed("the connection was lost");
            }
        });
    }

    /** The stream went on where it had stopped. What was asked for may be lost, so an attempt to enter begins anew. */
    void resumed() {
        tasks.execute(() -> {
            if (isTrying()) {
                enter();
            } else if (phase == Phase.INSIDE) {
                selfPing.ask();
            }
        });
    }

    private boolean isTrying() {
        return phase == Phase.ENTERING || phase == Phase.CONFIGURING;
    }

    private void enter() {
        goOutside();
        Optional<Jid> self = Addresses.occupant(room, nick);
        if (self.isEmpty()) {
            events.joinFailed("not an address: " + room);
            return;
        }
        phase = Phase.ENTERING;
        startTimeout("no answer to joining within " + timeout);
        Presence presence = presence(self.get(), Presence.Type.available);
        presence.addExtension(new MUCInitialPresence(null, -1, -1, -1, null));
        presence.addExtensions(shown);
        shownIsSent = true;
        connection.send(presence);
    }

    private void startTimeout(String problem) {
        long now = attempt;
        Phase then = phase;
        timer = timers.start(
                timeout,
                () -> tasks.execute(() -> {
                    if (attempt == now && phase == then) {
                        fail(problem);
                    }
                }));
    }

    /** Forgets the attempt and everything seen in it; answers that come later belong to nobody. */
    private void goOutside() {
        attempt++;
        timer.cancel();
        timer = () -> {};
        selfPing.stop();
        occupants.clear();
        phase = Phase.OUTSIDE;
    }

    private void fail(String reason) {
        goOutside();
        // The room may have taken the focus in although it did not say so in time.
        sendUnavailable();
        events.joinFailed(reason);
    }

    private void onError(Presence presence) {
        StanzaError error = presence.getError();
        String condition = error == null ? "an error" : error.getCondition().toString();
        if (phase == Phase.ENTERING) {
            fail("the room answered " + condition);
        } else {
            LOG.debug("{}: a presence was answered with {}", room, condition);
        }
    }

    private void onSelf(Presence presence) {
        if (presence.getType() == Presence.Type.unavailable) {
            boolean inside = phase == Phase.INSIDE;
            goOutside();
            if (inside) {
                events.lost(PresenceCodec.loss(presence));
            } else {
                events.joinFailed("thrown out while joining");
            }
            return;
        }
        boolean rightNick = Addresses.nick(presence.getFrom())
                .filter(id -> id.value().equals(nick))
                .isPresent();
        if (!rightNick) {
            fail("the room does not give the nick " + nick);
            return;
        }
        if (role == Role.OWNER && !PresenceCodec.isOwner(presence)) {
            notOwner();
            return;
        }
        if (phase == Phase.ENTERING) {
            timer.cancel();
            phase = Phase.CONFIGURING;
            configure();
        }
    }

    private void notOwner() {
        if (phase == Phase.INSIDE) {
            // The core ends the conference and leaves; until then the room is still entered.
            events.lost(RoomLoss.NOT_OWNER);
        } else {
            fail("not owner of the room; is the focus an admin of the server?");
        }
    }

    private void onOther(Presence presence) {
        Optional<EndpointId> id = Optional.ofNullable(presence.getFrom()).flatMap(Addresses::nick);
        if (id.isEmpty()) {
            return;
        }
        boolean available = presence.getType() == Presence.Type.available;
        if (phase == Phase.INSIDE) {
            if (available) {
                events.present(presence);
            } else if (presence.getType() == Presence.Type.unavailable) {
                events.left(presence);
            }
        } else if (available) {
            occupants.put(id.get(), presence);
        } else {
            occupants.remove(id.get());
        }
    }

    private void configure() {
        Optional<Jid> address = Addresses.of(room);
        if (address.isEmpty()) {
            fail("not an address: " + room);
            return;
        }
        long now = attempt;
        connection.request(RoomFormCodec.question(address.get()), reply -> ifCurrent(now, () -> onForm(now, reply)));
    }

    private void onForm(long now, IqReply reply) {
        Optional<RoomForm> form =
                reply instanceof IqReply.Result result ? RoomFormCodec.decode(result.iq()) : Optional.empty();
        if (form.isEmpty()) {
            unconfigured("its owner's form", reply);
            return;
        }
        Addresses.of(room)
                .ifPresent(address -> connection.request(
                        RoomFormCodec.whoisAnyone(address),
                        answer -> ifCurrent(now, () -> onConfigured(form.get(), answer))));
    }

    private void onConfigured(RoomForm form, IqReply reply) {
        if (reply instanceof IqReply.Result) {
            goInside(form);
        } else {
            unconfigured("making real JIDs visible", reply);
        }
    }

    private void unconfigured(String step, IqReply reply) {
        String problem = "the room answered a request for " + step + " with " + problem(reply);
        boolean cutOff = reply instanceof IqReply.ConnectionLost || reply instanceof IqReply.NotSent;
        if (cutOff && wasInside) {
            startTimeout(problem);
            return;
        }
        switch (role) {
            case OWNER -> fail(problem);
            case OCCUPANT -> {
                LOG.debug("{}: {}", room, problem);
                goInside(RoomForm.PLAIN);
            }
        }
    }

    private static String problem(IqReply reply) {
        return switch (reply) {
            case IqReply.Result result -> "something else";
            case IqReply.Failed failed -> failed.error().getCondition().toString();
            case IqReply.TimedOut timedOut -> "nothing";
            case IqReply.ConnectionLost lost -> "nothing, the connection was lost";
            case IqReply.NotSent notSent -> "nothing, it could not be sent";
        };
    }

    private void goInside(RoomForm form) {
        phase = Phase.INSIDE;
        wasInside = true;
        List<Presence> present = List.copyOf(occupants.values());
        occupants.clear();
        showInside();
        Addresses.occupant(room, nick).ifPresent(selfPing::start);
        events.joined(form, present);
    }

    private void forgotten() {
        goOutside();
        events.lost(RoomLoss.FORGOTTEN);
    }

    private void showInside() {
        if (phase != Phase.INSIDE || shownIsSent) {
            return;
        }
        shownIsSent = true;
        Addresses.occupant(room, nick).ifPresent(self -> {
            Presence presence = presence(self, Presence.Type.available);
            presence.addExtensions(shown);
            connection.send(presence);
        });
    }

    private void sendUnavailable() {
        Addresses.occupant(room, nick).ifPresent(self -> connection.send(presence(self, Presence.Type.unavailable)));
    }

    private Presence presence(Jid self, Presence.Type type) {
        return StanzaBuilder.buildPresence(presenceId).ofType(type).to(self).build();
    }

    private void ifCurrent(long now, Runnable action) {
        tasks.execute(() -> {
            if (attempt == now && phase == Phase.CONFIGURING) {
                action.run();
            }
        });
    }
}
