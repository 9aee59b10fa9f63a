package org.confocal.focus.view;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.model.MeetingId;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.RoomId;

/**
 * The focus at a moment.
 *
 * @param connected whether the XMPP connection that carries rooms is up
 * @param breweryJoined whether the focus is in the brewery
 * @param lostBridges bridges that left without having said so before, since the start
 * @param conferenceSeconds how long all conferences have lasted together, running ones included
 * @param endpointSeconds how long all endpoints have lasted together
 * @param jingleSent by action, in upper case as Jicofo writes it, as in {@code SESSION_INITIATE}
 * @param xmppDisconnects how often the stream broke
 * @param inputsDropped inputs that a full mailbox refused, since the start
 * @param policyFailures how often the placement policy failed, since the start
 */
public record FocusSnapshot(
        Instant at,
        boolean connected,
        boolean breweryJoined,
        List<Conference> conferences,
        List<Bridge> bridges,
        long lostBridges,
        long conferenceRequests,
        long conferenceRequestsNew,
        long conferencesCreated,
        double conferenceSeconds,
        double endpointSeconds,
        Map<ConferenceCounter, Long> counters,
        Map<FleetCounter, Long> fleetCounters,
        SortedMap<String, Long> jingleSent,
        SortedMap<String, Long> jingleReceived,
        long xmppDisconnects,
        long malformedStats,
        long inputsDropped,
        long policyFailures,
        int queuedInputs,
        int timers,
        int reservations) {
    public FocusSnapshot {
        conferences = List.copyOf(conferences);
        bridges = List.copyOf(bridges);
        EnumMap<ConferenceCounter, Long> copy = new EnumMap<>(ConferenceCounter.class);
        copy.putAll(counters);
        counters = java.util.Collections.unmodifiableMap(copy);
        EnumMap<FleetCounter, Long> fleetCopy = new EnumMap<>(FleetCounter.class);
        fleetCopy.putAll(fleetCounters);
        fleetCounters = java.util.Collections.unmodifiableMap(fleetCopy);
    }

    /**
     * One conference.
     *
     * @param participants with a session, visitors included
     */
    public record Conference(
            RoomId room,
            Optional<MeetingId> meeting,
            Instant startedAt,
            int members,
            int participants,
            int visitors,
            int bridges) {}

    /**
     * One bridge.
     *
     * @param stress its reported load as configured, reservations left out
     * @param correctedStress with reservations
     * @param operational whether it may be chosen now
     * @param endpoints of this focus on it
     * @param reservations that still count
     * @param restartRequests by clients on it, since it appeared
     * @param endpointsMoved people moved away from it though their media flowed, since it appeared
     * @param freeParticipants how many more it can take, whether or not it may be chosen; empty where it reports no load
     */
    public record Bridge(
            BridgeSnapshot bridge,
            double stress,
            double correctedStress,
            boolean operational,
            boolean overloaded,
            int endpoints,
            int reservations,
            long restartRequests,
            long endpointsMoved,
            OptionalInt freeParticipants) {}
}
