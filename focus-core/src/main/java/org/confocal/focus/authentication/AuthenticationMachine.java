package org.confocal.focus.authentication;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.confocal.focus.authentication.AuthenticationConfig.AfterConference;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.Requester;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaError.Condition;
import org.confocal.strategy.RoomId;

/**
 * Decides who has authenticated (spec/02, section 4). Who is not known to have is a guest; whether a guest may come in is
 * decided where conferences are known. For one thread at a time.
 */
public final class AuthenticationMachine {
    /** Of a machine's id, in characters; lib-jitsi-meet's have 32. */
    static final int MAX_MACHINE_UID = 256;

    private static final StanzaError INVALID_SESSION = new StanzaError(
            Condition.NOT_ACCEPTABLE, "invalid session", Optional.of(StanzaError.Extension.SESSION_INVALID));

    private final AuthenticationConfig config;
    private final RandomGenerator ids;
    private final SessionTable sessions;

    /** @param ids where session ids come from; they are secrets, so nobody may be able to foresee it */
    public AuthenticationMachine(AuthenticationConfig config, RandomGenerator ids) {
        this(config, ids, Journal.NONE);
    }

    /** @param journal where sessions are kept for the next process */
    public AuthenticationMachine(AuthenticationConfig config, RandomGenerator ids, Journal journal) {
        this.config = config;
        this.ids = ids;
        this.sessions = new SessionTable(config.lifetime(), config.maxSessions(), journal);
    }

    /** What kind of room is asked for. */
    public enum Place {
        ROOM,
        /** Prosody made it for people of a main room, and says who may join. */
        BREAKOUT_ROOM
    }

    /** What becomes of a conference request. */
    public sealed interface Verdict {
        record Known(Requester requester) implements Verdict {}

        record Refused(StanzaError error) implements Verdict {}
    }

    /** Somebody asks for a conference; makes or prolongs a session where it has authenticated. */
    public Verdict requested(ConferenceRequest request, Place place, Instant now) {
        sessions.expire(now);
        return switch (place) {
            case ROOM -> forRoom(request, now);
            case BREAKOUT_ROOM -> new Verdict.Known(forBreakoutRoom(request.sender()));
        };
    }

    /** Somebody asks where to log in, or logs out. */
    public AuthenticationReply asked(AuthenticationRequest request, Instant now) {
        sessions.expire(now);
        return switch (request) {
            case AuthenticationRequest.LoginUrl login -> loginUrl(login);
            case AuthenticationRequest.Logout logout ->
                sessions.remove(logout.sessionId())
                        ? new AuthenticationReply.LoggedOut()
                        : new AuthenticationReply.Refused(INVALID_SESSION);
        };
    }

    /** A conference is over. */
    public void ended(RoomId room) {
        if (config.afterConference() == AfterConference.FORGET) {
            sessions.removeOf(room);
        }
    }

    /** How many sessions there are. */
    public int size() {
        return sessions.size();
    }

    private Verdict forRoom(ConferenceRequest request, Instant now) {
        Optional<String> session = request.sessionId().filter(id -> !id.isBlank());
        if (session.isPresent()) {
            return again(session.get(), request, now);
        }
        // Over HTTP nobody has an address. Jicofo fails there; we take the sender for what it is until it names a
        // session,
        // a guest.
        Optional<Jid> account = request.sender().filter(this::isAccount);
        return account.isPresent() ? first(account.get(), request, now) : new Verdict.Known(new Requester.Guest());
    }

    private Verdict again(String id, ConferenceRequest request, Instant now) {
        Optional<AuthenticationSession> found = sessions.get(id);
        if (found.isEmpty()) {
            return new Verdict.Refused(INVALID_SESSION);
        }
        if (!request.machineUid().equals(Optional.of(found.get().machineUid()))) {
            return notAcceptable("machine UID mismatch or empty");
        }
        return known(found.get().usedBy(request.sender(), now));
    }

    private Verdict first(Jid account, ConferenceRequest request, Instant now) {
        Optional<String> machine = request.machineUid().filter(uid -> !uid.isBlank());
        if (machine.isEmpty()) {
            return notAcceptable("Missing mandatory attribute 'machine-uid'");
        }
        if (machine.get().length() > MAX_MACHINE_UID) {
            return notAcceptable("machine UID of more than " + MAX_MACHINE_UID + " characters");
        }
        Login login = new Login(newId(), account.bare().value());
        return known(new AuthenticationSession(login, machine.get(), request.room(), Optional.of(account), now));
    }

    private Verdict known(AuthenticationSession session) {
        sessions.put(session);
        return new Verdict.Known(new Requester.Authenticated(Optional.of(session.login())));
    }

    /** Whoever comes may come in; who has authenticated becomes owner here, too. */
    private Requester forBreakoutRoom(Optional<Jid> sender) {
        return sender.filter(jid -> isAccount(jid) || sessions.of(jid).isPresent())
                .<Requester>map(jid -> new Requester.Authenticated(Optional.empty()))
                .orElse(new Requester.Anybody());
    }

    private AuthenticationReply loginUrl(AuthenticationRequest.LoginUrl request) {
        if (request.room().isEmpty()) {
            return new AuthenticationReply.Refused(StanzaError.of(Condition.NOT_ACCEPTABLE, ""));
        }
        if (request.machineUid().filter(uid -> !uid.isBlank()).isEmpty()) {
            return new AuthenticationReply.Refused(
                    StanzaError.of(Condition.BAD_REQUEST, "missing mandatory attribute 'machineUID'"));
        }
        return new AuthenticationReply.LoginUrl(
                switch (config.kind()) {
                    case XMPP -> request.room().map(room -> "./" + room.local() + "?login=true");
                    // The client knows where tokens are issued.
                    case JWT -> Optional.empty();
                });
    }

    private boolean isAccount(Jid jid) {
        return jid.domain().equals(config.domain());
    }

    /** A random UUID (RFC 9562, section 5.4), as Jicofo's are. */
    private String newId() {
        long high = (ids.nextLong() & ~0xF000L) | 0x4000L;
        long low = (ids.nextLong() & ~(0xC0L << 56)) | (0x80L << 56);
        return new UUID(high, low).toString();
    }

    private static Verdict notAcceptable(String text) {
        return new Verdict.Refused(StanzaError.of(Condition.NOT_ACCEPTABLE, text));
    }
}
