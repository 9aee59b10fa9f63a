package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.authentication.AuthenticationMachine;
import org.confocal.focus.authentication.AuthenticationMachine.Place;
import org.confocal.focus.authentication.AuthenticationMachine.Verdict;
import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.Requester;
import org.confocal.focus.serial.OneLine;
import org.confocal.focus.serial.SerialMailbox;
import org.confocal.strategy.RoomId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at conference requests before conferences see them: adds who has authenticated, and answers what may not be. Told
 * from any thread; decides on one at a time.
 */
final class AuthenticationAuthority {
    private static final Logger LOG = LoggerFactory.getLogger("org.confocal.authentication");
    private static final int MAX_TEXT = 256;

    private final ConferenceEdge edge;
    private final BiConsumer<ConferenceRequest, Requester> conferences;
    private final AuthenticationMachine machine;
    private final SerialMailbox<Mail> mailbox;

    private sealed interface Mail {
        record Asked(ConferenceRequest request, Place place) implements Mail {}

        record Desk(AuthenticationRequest request) implements Mail {}

        record Ended(RoomId room) implements Mail {}
    }

    /** @param conferences where requests go on to */
    AuthenticationAuthority(
            AuthenticationConfig config, ConferenceEdge edge, BiConsumer<ConferenceRequest, Requester> conferences) {
        this.edge = edge;
        this.conferences = conferences;
        this.machine = new AuthenticationMachine(
                config, edge.environment().seeds(), edge.environment().journal());
        int bound = edge.limits().mailbox();
        this.mailbox = new SerialMailbox<>(edge.environment().workers(), bound, 2 * bound, this::take);
    }

    /** What every answer says about authentication (spec/02, section 1). */
    static Map<String, String> properties(Optional<AuthenticationConfig> config) {
        return config.map(there -> Map.of(
                        "authentication",
                        "true",
                        "externalAuth",
                        String.valueOf(there.kind() == AuthenticationConfig.Kind.JWT)))
                .orElse(Map.of("authentication", "false"));
    }

    /** A request comes back with what is known of its sender, or is answered here. */
    void requested(ConferenceRequest request, Place place) {
        if (!mailbox.offer(new Mail.Asked(request, place))) {
            edge.counters().inputsDropped.increment();
            edge.answerNotReady(request, Optional.empty());
        }
    }

    /** Somebody asks where to log in, or logs out. */
    void asked(AuthenticationRequest request) {
        if (!mailbox.offer(new Mail.Desk(request))) {
            edge.counters().inputsDropped.increment();
            edge.ports().answers().refuse(request.stanza(), Admission.Cause.OVERLOAD.error());
        }
    }

    /** The conference of a room is over. */
    void ended(RoomId room) {
        if (!mailbox.force(new Mail.Ended(room))) {
            // Its sessions end by their lifetime, then.
            edge.counters().inputsDropped.increment();
        }
    }

    private void take(Mail mail) {
        Instant now = edge.environment().clock().instant();
        switch (mail) {
            case Mail.Asked asked -> {
                switch (machine.requested(asked.request(), asked.place(), now)) {
                    case Verdict.Known known -> {
                        known.requester().told().ifPresent(login -> authenticated(asked.request(), login));
                        conferences.accept(asked.request(), known.requester());
                    }
                    case Verdict.Refused refused -> edge.refuse(asked.request(), refused.error());
                }
            }
            case Mail.Desk desk -> {
                AuthenticationReply reply = machine.asked(desk.request(), now);
                edge.ports().answers().answer(desk.request().stanza(), reply);
            }
            case Mail.Ended ended -> machine.ended(ended.room());
        }
    }

    private static void authenticated(ConferenceRequest request, Login login) {
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{} has authenticated and asks for {}",
                    OneLine.of(login.identity(), MAX_TEXT),
                    OneLine.of(request.room().value(), MAX_TEXT));
        }
    }
}
