package org.confocal.xmpp.gateway;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.port.FocusInbox;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.codec.Addresses;
import org.confocal.xmpp.codec.ColibriCodec;
import org.jitsi.xmpp.extensions.health.HealthCheckIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jxmpp.jid.Jid;

/** Bridges over the brewery's connection (spec/04, spec/05 section 7). The connection keeps the order of requests. */
final class XmppBridgeGateway implements BridgeGateway {
    private final XmppConnection connection;
    private final FocusInbox inbox;
    private final Supplier<RequestIds> ids;
    private final OwedExpiries owed;

    XmppBridgeGateway(
            XmppConnection connection,
            FocusInbox inbox,
            Supplier<RequestIds> ids,
            Journal journal,
            InstantSource clock) {
        this.connection = connection;
        this.inbox = inbox;
        this.ids = ids;
        this.owed = new OwedExpiries(journal, clock);
    }

    @Override
    public void modify(RoomId room, RequestId request, BridgeId bridge, BridgeRequest change) {
        Optional<Jid> to = Addresses.of(bridge);
        if (to.isEmpty()) {
            answered(room, request, new BridgeAnswer.NotSent());
            return;
        }
        owed.sent(bridge, change);
        IQ iq = ColibriCodec.encode(to.get(), change);
        iq.setStanzaId(ids.get().modify(request));
        connection.request(iq, reply -> {
            BridgeAnswer answer = answer(reply);
            if (change.expire()) {
                expired(bridge, change, answer);
            }
            answered(room, request, answer);
        });
    }

    @Override
    public void await(RoomId room, RequestId request, BridgeId bridge) {
        Addresses.of(bridge)
                .ifPresent(to -> connection.expect(
                        ids.get().modify(request), to, reply -> answered(room, request, answer(reply))));
    }

    /** Takes over what the process before this one left owed. Before the connection is started. */
    void restore() {
        owed.restore();
    }

    /** A bridge shows itself in the brewery: what it was told while it was not there is told again. */
    void seen(BridgeId bridge) {
        Addresses.of(bridge)
                .ifPresent(to -> owed.seen(
                        bridge,
                        change -> connection.request(ColibriCodec.encode(to, change), reply -> {
                            if (!isMissed(answer(reply))) {
                                owed.settled(bridge, change);
                            }
                        })));
    }

    private void expired(BridgeId bridge, BridgeRequest change, BridgeAnswer answer) {
        if (isMissed(answer)) {
            owed.missed(bridge, change);
        } else {
            owed.settled(bridge, change);
        }
    }

    /** Whether the bridge cannot have said that itself: it gives a reason for every refusal of an expiry. */
    private static boolean isMissed(BridgeAnswer answer) {
        return switch (answer) {
            case BridgeAnswer.Modified modified -> false;
            case BridgeAnswer.Unusable unusable -> false;
            case BridgeAnswer.Refused refused -> refused.reason().isEmpty();
            case BridgeAnswer.TimedOut timedOut -> true;
            case BridgeAnswer.NotSent notSent -> true;
        };
    }

    private void answered(RoomId room, RequestId request, BridgeAnswer answer) {
        inbox.happened(room, new ConferenceInput.BridgeAnswered(request, answer));
    }

    private static BridgeAnswer answer(IqReply reply) {
        return switch (reply) {
            case IqReply.Result result -> ColibriCodec.decode(result.iq());
            case IqReply.Failed failed -> ColibriCodec.decode(failed.error());
            case IqReply.TimedOut timedOut -> new BridgeAnswer.TimedOut();
            // Whether the bridge got it is unknown, but nothing speaks against the bridge.
            case IqReply.ConnectionLost lost -> new BridgeAnswer.NotSent();
            case IqReply.NotSent notSent -> new BridgeAnswer.NotSent();
        };
    }

    @Override
    public void check(BridgeId bridge) {
        Optional<Jid> to = Addresses.of(bridge);
        if (to.isEmpty()) {
            inbox.bridgeChecked(bridge, HealthAnswer.OTHER_ERROR);
            return;
        }
        HealthCheckIQ iq = new HealthCheckIQ();
        iq.setType(IQ.Type.get);
        iq.setTo(to.get());
        connection.request(iq, reply -> inbox.bridgeChecked(bridge, health(reply)));
    }

    private static HealthAnswer health(IqReply reply) {
        return switch (reply) {
            case IqReply.Result result -> HealthAnswer.HEALTHY;
            case IqReply.Failed failed ->
                speaksAgainstBridge(failed.error()) ? HealthAnswer.FAILED : HealthAnswer.OTHER_ERROR;
            case IqReply.TimedOut timedOut -> HealthAnswer.TIMED_OUT;
            // Without a connection nothing was learnt about the bridge.
            case IqReply.ConnectionLost lost -> HealthAnswer.OTHER_ERROR;
            case IqReply.NotSent notSent -> HealthAnswer.OTHER_ERROR;
        };
    }

    private static boolean speaksAgainstBridge(StanzaError error) {
        StanzaError.Condition condition = error.getCondition();
        return condition == StanzaError.Condition.internal_server_error
                || condition == StanzaError.Condition.service_unavailable;
    }
}
