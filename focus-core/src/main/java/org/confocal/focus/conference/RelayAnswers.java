package org.confocal.focus.conference;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.Pending.Attempt;
import org.confocal.focus.conference.state.Pending.Said;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.conference.state.RelayEnd.Stage;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeAnswer.RelayAnswer;
import org.confocal.focus.model.BridgeRequest.RelaySide;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.IceTransport.Fingerprint;

/**
 * What an answer about a relay means (spec/04, sections 3 and 5): the transport of one end is passed on to the other as
 * soon as it is there; an end that cannot be had fails the session with its bridge.
 */
final class RelayAnswers {
    private static final Optional<String> EITHER = Optional.of("actpass");

    private final ConferenceConfig config;
    private final RelayRequests requests;

    RelayAnswers(ConferenceConfig config, BridgeRequests bridges) {
        this.config = config;
        requests = new RelayRequests(config, bridges);
    }

    /** What becomes of the session with the bridge that answered. */
    enum Outcome {
        FINE,
        /** It is of no use any more. */
        SESSION_FAILED,
        /** Likewise, and the bridge may be dead. */
        TIMED_OUT,
        /** Likewise, and the bridge cannot relay. */
        BRIDGE_FAILED
    }

    Outcome created(Draft d, BridgeSession session, Pending.RelayCreate create, BridgeAnswer answer) {
        Optional<RelayEnd> end = d.relays
                .ends()
                .get(new RelayEnd.Key(session.bridge(), create.peer()))
                .filter(found -> found.request().equals(create.request()));
        if (end.isEmpty()) {
            // The link was taken down meanwhile. The bridge's conference must be there all the same.
            return isGone(answer) ? Outcome.SESSION_FAILED : Outcome.FINE;
        }
        return switch (answer) {
            case BridgeAnswer.Modified modified -> passOn(d, end.get(), modified);
            case BridgeAnswer.TimedOut timedOut -> Outcome.TIMED_OUT;
            case BridgeAnswer.NotSent notSent -> cutOff(d, end.get());
            case BridgeAnswer.Unusable unusable -> Outcome.BRIDGE_FAILED;
            case BridgeAnswer.Refused refused ->
                isGone(answer) || refused.condition().equals("conflict")
                        ? Outcome.SESSION_FAILED
                        : Outcome.BRIDGE_FAILED;
        };
    }

    Outcome changed(Draft d, BridgeSession session, Pending.RelayChange change, BridgeAnswer answer) {
        Optional<RelayEnd> end = d.relays.ends().get(new RelayEnd.Key(session.bridge(), change.peer()));
        return switch (answer) {
            case BridgeAnswer.Modified modified -> Outcome.FINE;
            case BridgeAnswer.TimedOut timedOut -> {
                end.ifPresent(found -> unanswered(d, found, change.said()));
                yield Outcome.FINE;
            }
            case BridgeAnswer.NotSent notSent ->
                end.map(found -> cutOff(d, found)).orElse(Outcome.FINE);
            case BridgeAnswer.Unusable unusable -> Outcome.SESSION_FAILED;
            case BridgeAnswer.Refused refused -> Outcome.SESSION_FAILED;
        };
    }

    /**
     * Jicofo says nothing twice; we do, once, because nothing that is said later would make up for it: a bridge that did not
     * hear of an endpoint takes no notice of what changes about it.
     */
    private void unanswered(Draft d, RelayEnd end, Said said) {
        boolean again = said.attempt() == Attempt.FIRST && said.relay().equals(end.request());
        d.log(
                again ? Effect.Level.INFO : Effect.Level.WARN,
                "No answer of bridge %s about its relay to %s%s"
                        .formatted(end.at(), end.peer(), again ? ": it is told once more" : ""));
        if (again) {
            requests.repeat(d, end, said);
        }
    }

    private Outcome passOn(Draft d, RelayEnd end, BridgeAnswer.Modified modified) {
        Optional<IceTransport> transport = modified.relays().stream()
                .filter(relay -> relay.id().equals(end.peerRelayId()))
                .findFirst()
                .flatMap(RelayAnswer::transport);
        Optional<RelayEnd> other = d.relays.ends().get(end.key().opposite());
        if (transport.isEmpty() || other.isEmpty()) {
            return Outcome.SESSION_FAILED;
        }
        boolean open = transport.get().fingerprints().stream()
                .allMatch(fingerprint -> fingerprint.setup().equals(EITHER));
        if (open) {
            requests.transport(
                    d, other.get(), forSide(transport.get(), other.get().side()));
        } else {
            d.count(ConferenceCounter.RELAY_TRANSPORTS_WITHHELD);
            d.log(
                    Effect.Level.WARN,
                    "Bridge %s decides itself who begins DTLS towards %s: its transport is not passed on, and nothing flows between them"
                            .formatted(end.at(), end.peer()));
        }
        d.relays = d.relays.with(end.with(open ? Stage.PASSED_ON : Stage.WITHHELD));
        return Outcome.FINE;
    }

    /** The transport of the other end, as this side of the link is to see it. */
    private IceTransport forSide(IceTransport transport, RelaySide side) {
        boolean initiator = switch (side) {
            case INITIATOR -> true;
            case RESPONDER -> false;
        };
        List<Fingerprint> fingerprints = transport.fingerprints().stream()
                .map(each -> new Fingerprint(
                        each.hash(),
                        Optional.of(initiator ? "active" : "passive"),
                        each.required(),
                        each.cryptex(),
                        each.value()))
                .toList();
        boolean opensWebSocket = initiator && !config.octo().sctpDataChannels();
        return new IceTransport(
                transport.ufrag(),
                transport.pwd(),
                transport.rtcpMux(),
                fingerprints,
                transport.candidates(),
                opensWebSocket ? transport.webSockets() : List.of(),
                transport.iceGeneration());
    }

    private static Outcome cutOff(Draft d, RelayEnd end) {
        d.relays = d.relays.with(end.with(Stage.CUT_OFF));
        return Outcome.FINE;
    }

    private static boolean isGone(BridgeAnswer answer) {
        return answer instanceof BridgeAnswer.Refused refused
                && refused.reason().equals(Optional.of("conference_not_found"));
    }
}
