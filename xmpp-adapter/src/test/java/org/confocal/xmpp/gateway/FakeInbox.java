package org.confocal.xmpp.gateway;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.port.FocusInbox;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.RoomId;

/** An inbox that keeps everything; conferences exist for the rooms that the test names. */
class FakeInbox implements FocusInbox {
    /** What happened to a conference. */
    record Happened(RoomId room, ConferenceInput input) {}

    /** What a bridge reported. */
    record Reported(BridgeId bridge, BridgeReport report, List<String> malformed) {}

    final Set<RoomId> conferences = ConcurrentHashMap.newKeySet();
    final List<Happened> happened = new CopyOnWriteArrayList<>();
    final List<ConferenceRequest> requests = new CopyOnWriteArrayList<>();
    final List<Object> bridges = new CopyOnWriteArrayList<>();
    final List<ConnectionState> connection = new CopyOnWriteArrayList<>();

    @Override
    public void requested(ConferenceRequest request) {
        requests.add(request);
    }

    /** What {@link #asked} returns. */
    volatile boolean authenticates = true;

    final List<AuthenticationRequest> logins = new CopyOnWriteArrayList<>();
    final List<Optional<String>> breakoutRooms = new CopyOnWriteArrayList<>();

    @Override
    public boolean asked(AuthenticationRequest request) {
        logins.add(request);
        return authenticates;
    }

    @Override
    public void breakoutRooms(Optional<String> domain) {
        breakoutRooms.add(domain);
    }

    @Override
    public boolean happened(RoomId room, ConferenceInput input) {
        happened.add(new Happened(room, input));
        return conferences.contains(room);
    }

    <T extends ConferenceInput> List<T> inputs(Class<T> type) {
        return happened.stream()
                .map(Happened::input)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <T extends ConferenceInput> T only(Class<T> type) {
        List<T> all = inputs(type);
        if (all.size() != 1) {
            throw new AssertionError("not one " + type.getSimpleName() + " but " + happened);
        }
        return all.get(0);
    }

    @Override
    public void bridgeReported(BridgeId bridge, BridgeReport report, List<String> malformed) {
        bridges.add(new Reported(bridge, report, malformed));
    }

    @Override
    public void bridgeLeft(BridgeId bridge) {
        bridges.add("left " + bridge.nick());
    }

    @Override
    public void bridgeChecked(BridgeId bridge, HealthAnswer answer) {
        bridges.add(answer);
    }

    @Override
    public void breweryJoined(boolean joined) {
        bridges.add(joined ? "brewery joined" : "brewery lost");
    }

    @Override
    public void connection(ConnectionState state) {
        connection.add(state);
    }
}
