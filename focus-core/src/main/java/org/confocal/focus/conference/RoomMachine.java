package org.confocal.focus.conference;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.InviteQueue;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.conference.state.Settings;
import org.confocal.focus.conference.state.Waiting;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.Requester;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.strategy.RoomId;

/**
 * The life of a conference (spec/02, sections 2 and 5): it is asked for, joins its room, waits for people, loses the room
 * and finds it again, and ends. Every request is answered once, {@code ready} when the focus' presence is in the room.
 */
final class RoomMachine {
    /** How long the presets service has time for its first metadata (spec/02, section 5.1). */
    static final Duration METADATA_WAIT = Duration.ofSeconds(10);

    /** Whoever throws the focus out, or takes its ownership, so often in a row means it. */
    static final int MAX_EXPULSIONS = 5;

    /** A room that cannot be joined again so often in a row, that is for five minutes at least, is given up. */
    static final int MAX_REJOINS = 60;

    private static final TimerKey REJOIN = new TimerKey.Rejoin();
    private static final TimerKey START = new TimerKey.Start();
    private static final TimerKey METADATA = new TimerKey.Metadata();

    private final ConferenceConfig config;
    private final MemberMachine members;
    private final BridgeRequests bridges;
    private final FocusPresenceMachine presence;
    private final RejoinMachine rejoin;
    private final OwnerMachine owners;

    RoomMachine(
            ConferenceConfig config,
            MemberMachine members,
            BridgeRequests bridges,
            FocusPresenceMachine presence,
            RejoinMachine rejoin,
            OwnerMachine owners) {
        this.config = config;
        this.members = members;
        this.bridges = bridges;
        this.presence = presence;
        this.rejoin = rejoin;
        this.owners = owners;
    }

    void requested(Draft d, ConferenceInput.Requested input) {
        ConferenceRequest request = input.request();
        Waiting asked = new Waiting(request.origin(), input.requester().told());
        if (input.requester() instanceof Requester.Authenticated) {
            request.sender().ifPresent(user -> owners.authenticated(d, user));
        }
        if (d.members.isEmpty()) {
            d.startTimer(START, config.initialTimeout());
        }
        switch (d.life.phase()) {
            case NEW -> {
                d.life = d.life.with(RoomPhase.JOINING)
                        .withSettings(Settings.of(request.properties()))
                        .withWaiting(asked);
                d.emit(new Effect.JoinRoom());
            }
            case JOINED -> answer(d, asked, Readiness.READY);
            case JOINING, AWAITING_METADATA, DISCONNECTED, OUTSIDE, REJOINING -> answer(d, asked, Readiness.NOT_READY);
            case ENDED -> throw new IllegalStateException("asked for after the end");
        }
    }

    void joined(Draft d, ConferenceInput.RoomJoined input) {
        switch (d.life.phase()) {
            case JOINING -> firstJoined(d, input.form(), input.occupants());
            case OUTSIDE, REJOINING -> joinedAgain(d, input.form(), input.occupants());
            // The stream broke before this was read; the room is joined again.
            case DISCONNECTED -> {}
            case NEW, AWAITING_METADATA, JOINED, ENDED -> d.illegal("the room was joined");
        }
    }

    void joinFailed(Draft d, String reason) {
        switch (d.life.phase()) {
            case JOINING -> {
                d.log(Effect.Level.WARN, "The room could not be joined: " + reason);
                end(d, EndReason.ROOM_JOIN_FAILED, Goodbye.ALREADY_OUT);
            }
            case REJOINING -> {
                d.log(Effect.Level.WARN, "The room could not be joined again: " + reason);
                outside(d, MAX_REJOINS, EndReason.ROOM_JOIN_FAILED, Goodbye.ALREADY_OUT);
            }
            case DISCONNECTED, OUTSIDE -> {}
            case NEW, AWAITING_METADATA, JOINED, ENDED -> d.illegal("the room could not be joined");
        }
    }

    void lost(Draft d, RoomLoss loss) {
        switch (loss) {
            case KICKED -> expelled(d, loss, MAX_EXPULSIONS, EndReason.KICKED, Goodbye.ALREADY_OUT);
            case FORGOTTEN -> expelled(d, loss, MAX_REJOINS, EndReason.ROOM_JOIN_FAILED, Goodbye.ALREADY_OUT);
            case DESTROYED -> end(d, EndReason.ROOM_DESTROYED, Goodbye.ALREADY_OUT);
            case NOT_OWNER -> expelled(d, loss, MAX_EXPULSIONS, EndReason.NOT_OWNER, Goodbye.LEAVE);
            case DISCONNECTED -> disconnected(d);
        }
    }

    // Jicofo stops the conference; we come back, because an administrator's rights come back with joining, and rooms
    // throw
    // out whoever did not answer in time, too.
    private void expelled(Draft d, RoomLoss loss, int most, EndReason reason, Goodbye goodbye) {
        switch (d.life.phase()) {
            case AWAITING_METADATA, JOINED -> {
                d.log(Effect.Level.WARN, "The room is lost: " + Draft.lower(loss));
                d.cancelTimer(METADATA);
                d.shown = d.shown.withPublished(Optional.empty());
                outside(d, most, reason, goodbye);
            }
            // It is joined anew anyway.
            case DISCONNECTED, OUTSIDE, REJOINING -> {}
            case NEW, JOINING, ENDED -> d.illegal("the room was lost: " + loss);
        }
    }

    /** Joins again after a pause, or ends where that has been tried {@code most} times in a row. */
    private void outside(Draft d, int most, EndReason reason, Goodbye goodbye) {
        d.life = d.life.with(RoomPhase.OUTSIDE).withRejoins(d.life.rejoins().another(d.now));
        answerAll(d, Readiness.NOT_READY);
        if (d.life.rejoins().inARow() > most) {
            end(d, reason, goodbye);
        } else {
            d.startTimer(REJOIN, d.life.rejoins().pause());
        }
    }

    /** The pause after losing the room is over. */
    void joinAgain(Draft d) {
        d.life = d.life.with(RoomPhase.REJOINING);
        d.emit(new Effect.JoinRoom());
    }

    private static void disconnected(Draft d) {
        if (d.life.phase() == RoomPhase.NEW) {
            // It never was in the room.
            return;
        }
        d.cancelTimer(REJOIN);
        d.life = d.life.with(RoomPhase.DISCONNECTED);
        d.shown = d.shown.withPublished(Optional.empty());
        d.cancelTimer(METADATA);
        answerAll(d, Readiness.NOT_READY);
    }

    void reconnected(Draft d) {
        if (d.life.phase() == RoomPhase.DISCONNECTED) {
            d.life = d.life.with(RoomPhase.REJOINING);
            d.emit(new Effect.JoinRoom());
        }
    }

    void metadata(Draft d, ConferenceInput.MetadataReceived input) {
        d.life = d.life.withMetadata(input.metadata());
        if (d.life.phase() == RoomPhase.AWAITING_METADATA) {
            d.cancelTimer(METADATA);
            open(d);
        }
    }

    /** The first metadata did not come in time: the conference goes on without. */
    void metadataMissing(Draft d) {
        if (d.life.phase() == RoomPhase.AWAITING_METADATA) {
            d.log(Effect.Level.WARN, "No room metadata came in time");
            open(d);
        }
    }

    /** Nobody came. */
    void startTimedOut(Draft d) {
        if (!d.members.isEmpty()) {
            throw new IllegalStateException("waiting for somebody while " + d.members.size() + " are there");
        }
        end(d, EndReason.NOBODY_CAME, Goodbye.LEAVE);
    }

    void memberPresent(Draft d, MemberPresence member) {
        switch (d.life.phase()) {
            case AWAITING_METADATA, JOINED -> {
                if (d.members.get(member.id()).isEmpty()) {
                    d.joins = d.joins.joined(d.now);
                }
                members.present(d, member);
            }
            // Who is there is read anew when the room is joined again.
            case DISCONNECTED, OUTSIDE, REJOINING -> {}
            case NEW, JOINING, ENDED -> d.illegal("presence of " + member.id());
        }
    }

    void memberLeft(Draft d, ConferenceInput.MemberLeft input) {
        switch (d.life.phase()) {
            case AWAITING_METADATA, JOINED -> left(d, input);
            case DISCONNECTED, OUTSIDE, REJOINING -> {}
            case NEW, JOINING, ENDED -> d.illegal("leaving of " + input.id());
        }
    }

    void stop(Draft d, EndReason reason) {
        end(d, reason, Goodbye.LEAVE);
    }

    private void left(Draft d, ConferenceInput.MemberLeft input) {
        Optional<Member> member = d.members.get(input.id());
        if (member.isEmpty()) {
            d.illegal("leaving of " + input.id() + ", who is not there");
            return;
        }
        members.gone(d, member.get());
        if (!d.members.isEmpty()) {
            return;
        }
        if (input.departure() == Departure.SWITCHED_ROOM) {
            // Off to a breakout room, and probably back.
            d.startTimer(START, config.initialTimeout());
        } else {
            end(d, EndReason.EVERYBODY_LEFT, Goodbye.LEAVE);
        }
    }

    private void firstJoined(Draft d, RoomForm form, List<MemberPresence> occupants) {
        MeetingId meeting = form.meetingId().orElseGet(d::newMeeting);
        d.life = d.life.withRoom(meeting, form.breakout(), form.mainRoom());
        d.emit(new Effect.ClaimMeetingId(meeting));
        presence.nameDocument(d);
        d.life = d.life.with(RoomPhase.AWAITING_METADATA);
        boolean metadataKnown = d.life.metadata().startAudioMuted().isPresent()
                || d.life.metadata().startVideoMuted().isPresent();
        if (form.presetsService() && !metadataKnown) {
            d.startTimer(METADATA, METADATA_WAIT);
        } else {
            open(d);
        }
        occupants.forEach(occupant -> members.present(d, occupant));
    }

    private void open(Draft d) {
        d.life = d.life.with(RoomPhase.JOINED);
        presence.updateLimits(d);
        presence.publish(d);
        answerAll(d, Readiness.READY);
    }

    private void joinedAgain(Draft d, RoomForm form, List<MemberPresence> occupants) {
        d.cancelTimer(REJOIN);
        d.life = d.life.with(RoomPhase.JOINED);
        presence.nameDocument(d);
        rejoin.compare(d, form, occupants);
        if (d.members.isEmpty()) {
            // After a restart of the server people come back one by one: they get the time that newcomers get.
            d.startTimer(START, config.initialTimeout());
        }
        presence.updateLimits(d);
        presence.publish(d);
    }

    /** Whether the focus still has to leave the room. */
    private enum Goodbye {
        LEAVE,
        ALREADY_OUT
    }

    /** Everything is given back, in the order of spec/04, section 11. No session-terminate is sent: clients see the focus leave. */
    private void end(Draft d, EndReason reason, Goodbye goodbye) {
        for (BridgeSession session : d.bridges.values()) {
            for (Member member : bridges.on(d, session)) {
                d.emit(new Effect.ReleaseEndpoint(session.bridge(), member.id()));
            }
            bridges.expire(d, session);
        }
        if (goodbye == Goodbye.LEAVE) {
            presence.publish(d);
            if (d.life.phase() != RoomPhase.DISCONNECTED && d.life.phase() != RoomPhase.NEW) {
                d.emit(new Effect.LeaveRoom());
            }
        }
        for (RunningTimer timer : d.timers.values()) {
            d.cancelTimer(timer.key());
        }
        answerAll(d, Readiness.NOT_READY);
        d.members.clear();
        d.pending.clear();
        d.invites = InviteQueue.EMPTY;
        d.sources = ConferenceSources.EMPTY;
        d.life = d.life.with(RoomPhase.ENDED).withOwner(Optional.empty());
        d.log(Effect.Level.INFO, "The conference ends: " + Draft.lower(reason));
        d.emit(new Effect.End(reason));
    }

    /** What a request is told. */
    enum Readiness {
        READY,
        NOT_READY
    }

    private static void answerAll(Draft d, Readiness readiness) {
        d.life.waiting().forEach(asked -> answer(d, asked, readiness));
        d.life = d.life.withNobodyWaiting();
    }

    private static void answer(Draft d, Waiting asked, Readiness readiness) {
        d.emit(new Effect.AnswerRequest(asked.origin(), answer(d.room, readiness, asked.login())));
    }

    static ConferenceAnswer answer(RoomId room, Readiness readiness, Optional<Login> login) {
        return new ConferenceAnswer(room, readiness == Readiness.READY, login, Map.of("visitors-supported", "false"));
    }
}
