package org.confocal.xmpp.gateway;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.port.FocusInbox;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.RoomId;
import org.jspecify.annotations.Nullable;

/** The core's inbox, which exists only after the gateways that the core needs. Nothing may arrive before it is there. */
final class LateInbox implements FocusInbox {
    private final AtomicReference<@Nullable FocusInbox> target = new AtomicReference<>();

    void attach(FocusInbox inbox) {
        if (!target.compareAndSet(null, inbox)) {
            throw new IllegalStateException("there is an inbox already");
        }
    }

    boolean isAttached() {
        return target.get() != null;
    }

    private FocusInbox target() {
        FocusInbox inbox = target.get();
        if (inbox == null) {
            throw new IllegalStateException("attach an inbox before start");
        }
        return inbox;
    }

    @Override
    public void requested(ConferenceRequest request) {
        target().requested(request);
    }

    @Override
    public boolean asked(AuthenticationRequest request) {
        return target().asked(request);
    }

    @Override
    public void breakoutRooms(Optional<String> domain) {
        target().breakoutRooms(domain);
    }

    @Override
    public boolean happened(RoomId room, ConferenceInput input) {
        return target().happened(room, input);
    }

    @Override
    public void bridgeReported(BridgeId bridge, BridgeReport report, List<String> malformed) {
        target().bridgeReported(bridge, report, malformed);
    }

    @Override
    public void bridgeLeft(BridgeId bridge) {
        target().bridgeLeft(bridge);
    }

    @Override
    public void bridgeChecked(BridgeId bridge, HealthAnswer answer) {
        target().bridgeChecked(bridge, answer);
    }

    @Override
    public void breweryJoined(boolean joined) {
        target().breweryJoined(joined);
    }

    @Override
    public void connection(ConnectionState state) {
        target().connection(state);
    }
}
