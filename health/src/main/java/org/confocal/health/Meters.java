package org.confocal.health;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.view.FleetCounter;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeCondition;

/**
 * The table of what {@code /metrics} shows: Jicofo's names where Jicofo has the thing (spec/06, section 9), names of our
 * own for what only Confocal knows.
 */
final class Meters {
    static final String JICOFO = "jitsi_jicofo_";
    static final String OWN = "confocal_";

    private Meters() {}

    /** What a meter is, and how the flat JSON writes it. */
    enum Kind {
        COUNTER,
        GAUGE,
        /** Seconds that only grow; a gauge in Jicofo. */
        SECONDS,
        /** 0 or 1; a boolean in JSON. */
        FLAG
    }

    /** A figure of the whole focus. */
    record FocusMeter(String name, Kind kind, String help, ToDoubleFunction<FocusSnapshot> value) {}

    /** A figure of one bridge, labelled {@code jvb}. */
    record BridgeMeter(String name, Kind kind, String help, ToDoubleFunction<FocusSnapshot.Bridge> value) {}

    static final List<FocusMeter> FOCUS = List.of(
            counter(JICOFO + "conference_requests", "Conference requests received", FocusSnapshot::conferenceRequests),
            counter(
                    JICOFO + "conference_requests_new",
                    "Conference requests that created a conference",
                    FocusSnapshot::conferenceRequestsNew),
            counter(JICOFO + "conferences_created", "Conferences created", FocusSnapshot::conferencesCreated),
            counted(JICOFO + "participants", "Participants invited", ConferenceCounter.PARTICIPANTS),
            counted(
                    JICOFO + "participants_no_start_muted_rmd",
                    "Participants that do not take start-muted from room metadata",
                    ConferenceCounter.PARTICIPANTS_NO_START_MUTED_RMD),
            counted(
                    JICOFO + "participants_moved",
                    "Participants moved away from a bridge",
                    ConferenceCounter.PARTICIPANTS_MOVED),
            counted(
                    JICOFO + "bridges_removed",
                    "Bridges removed from a conference because they failed",
                    ConferenceCounter.BRIDGES_REMOVED),
            counted(
                    JICOFO + "participants_ice_failed",
                    "Participants that reported an ICE failure",
                    ConferenceCounter.PARTICIPANTS_ICE_FAILED),
            counted(
                    JICOFO + "participants_restart_requested",
                    "Participants that asked for a restart",
                    ConferenceCounter.PARTICIPANTS_RESTART_REQUESTED),
            counted(
                    JICOFO + "ice_restarts_requested",
                    "ICE restarts asked for",
                    ConferenceCounter.ICE_RESTARTS_REQUESTED),
            counted(
                    JICOFO + "ice_restarts_relayed",
                    "ICE restarts answered with a new transport",
                    ConferenceCounter.ICE_RESTARTS_RELAYED),
            counted(
                    JICOFO + "ice_restarts_not_needed",
                    "ICE restarts that the bridge saw no need for",
                    ConferenceCounter.ICE_RESTARTS_NOT_NEEDED),
            counted(JICOFO + "ice_restarts_failed", "ICE restarts that failed", ConferenceCounter.ICE_RESTARTS_FAILED),
            counter(JICOFO + "xmpp_disconnects", "Broken XMPP streams", FocusSnapshot::xmppDisconnects),
            counter(
                    JICOFO + "bridge_selector_lost_bridges",
                    "Bridges that left without having said so",
                    FocusSnapshot::lostBridges),
            new FocusMeter(
                    JICOFO + "conferences_seconds",
                    Kind.SECONDS,
                    "Seconds that all conferences have lasted together",
                    FocusSnapshot::conferenceSeconds),
            new FocusMeter(
                    JICOFO + "endpoint_seconds",
                    Kind.SECONDS,
                    "Seconds that all endpoints have lasted together",
                    FocusSnapshot::endpointSeconds),
            counted(
                    JICOFO + "bridge_selection_rate_limited",
                    "Selections that passed a bridge over because too many of the conference came to it lately",
                    FleetCounter.SELECTIONS_RATE_LIMITED),
            counted(
                    JICOFO + "load_redistributor_endpoints_moved",
                    "People moved because their bridge carried too much",
                    FleetCounter.REDISTRIBUTED),
            counted(
                    OWN + "bridge_ice_failures",
                    "Bridges that clients could not reach, as their restarts tell",
                    FleetCounter.ICE_FAILURES),
            counted(OWN + "drains_begun", "Drains that operators began", FleetCounter.DRAINS_BEGUN),
            counted(OWN + "moves_drained", "People told to move because of drains", FleetCounter.DRAINED),
            counted(OWN + "moves_convenient", "People moved though their media flowed", FleetCounter.CONVENIENT_MOVES),
            counted(
                    OWN + "moves_diverted",
                    "Moved people whose planned bridge could not be taken any more",
                    FleetCounter.MOVES_DIVERTED),
            counted(
                    OWN + "moves_second_look",
                    "People moved because a settled conference turned out to be better elsewhere",
                    FleetCounter.MOVED_BY_SECOND_LOOK),
            counted(
                    OWN + "second_looks",
                    "Conferences that were looked at again after they had settled",
                    FleetCounter.SECOND_LOOKS),
            counted(
                    OWN + "bridges_relieved",
                    "Times that people were taken from a hot bridge to bridges chosen for them",
                    FleetCounter.BRIDGES_RELIEVED),
            counted(
                    OWN + "moves_urgent_postponed",
                    "People without media who had to wait for their turn",
                    FleetCounter.URGENT_MOVES_POSTPONED),
            gauge(
                    JICOFO + "conferences",
                    "Conferences",
                    focus -> focus.conferences().size()),
            gauge(
                    JICOFO + "conferences_with_visitors",
                    "Conferences with a visitor",
                    FocusFigures::conferencesWithVisitors),
            gauge(
                    JICOFO + "largest_conference",
                    "People in the largest conference",
                    focus -> FocusFigures.sizes(focus).largest()),
            gauge(
                    JICOFO + "participants_current",
                    "People in conferences",
                    focus -> FocusFigures.sizes(focus).total()),
            gauge(
                    JICOFO + "participants_pairs",
                    "Ordered pairs of people in one conference, n*(n-1)",
                    focus -> FocusFigures.sizes(focus).pairs()),
            gauge(JICOFO + "visitors_current", "Visitors", FocusFigures::visitors),
            gauge(
                    JICOFO + "bridge_selector_bridge_count",
                    "Bridges",
                    focus -> focus.bridges().size()),
            gauge(
                    JICOFO + "bridge_selector_bridge_count_operational",
                    "Bridges that work",
                    FocusFigures::operationalBridges),
            gauge(
                    JICOFO + "bridge_selector_bridge_count_in_shutdown",
                    "Bridges that are shutting down, gracefully or not",
                    FocusFigures::bridgesInShutdown),
            gauge(
                    JICOFO + "bridge_selector_bridge_version_count",
                    "Different bridge versions",
                    FocusFigures::bridgeVersions),
            gauge(
                    JICOFO + "threads",
                    "Threads of the process",
                    focus -> ManagementFactory.getThreadMXBean().getThreadCount()),
            flag(
                    JICOFO + "healthy",
                    "Whether the health check passes",
                    focus -> HealthCheck.of(focus) instanceof HealthAnswer.Healthy),
            counted(
                    OWN + "selections_failed",
                    "Bridge selections that ended without a bridge",
                    ConferenceCounter.SELECTIONS_FAILED),
            counted(
                    OWN + "relay_links_made",
                    "Links made between bridges of a conference",
                    ConferenceCounter.RELAY_LINKS_MADE),
            counted(
                    OWN + "relay_links_removed",
                    "Links between bridges of a conference taken down",
                    ConferenceCounter.RELAY_LINKS_REMOVED),
            counted(
                    OWN + "relay_transports_withheld",
                    "Relay transports not passed on, because they do not leave the DTLS role open",
                    ConferenceCounter.RELAY_TRANSPORTS_WITHHELD),
            counted(
                    OWN + "transport_replaces_failed",
                    "Participants that did not follow a transport-replace and got a new session",
                    ConferenceCounter.TRANSPORT_REPLACES_FAILED),
            counted(
                    OWN + "inputs_illegal",
                    "Inputs that a conference's state had no row for",
                    ConferenceCounter.INPUTS_ILLEGAL),
            counted(
                    OWN + "bridges_suspected",
                    "Bridges that a conference avoided from then on, because something failed there",
                    ConferenceCounter.BRIDGES_SUSPECTED),
            counted(
                    OWN + "conferences_replaced",
                    "Conferences that a bridge had from before a restart of the focus",
                    ConferenceCounter.CONFERENCES_REPLACED),
            counted(
                    OWN + "participants_repaired",
                    "Participants invited again because a bridge had lost them while there was no focus",
                    ConferenceCounter.PARTICIPANTS_REPAIRED),
            counted(
                    OWN + "bridge_allocations_failed",
                    "Allocations that failed and count against their bridge",
                    FleetCounter.ALLOCATIONS_FAILED),
            counted(
                    OWN + "bridge_breakers_opened",
                    "Bridges that went out of the choice because allocations failed",
                    FleetCounter.BREAKERS_OPENED),
            counted(
                    OWN + "bridge_breakers_probed",
                    "Bridges that one conference tried after such a pause",
                    FleetCounter.BREAKERS_PROBED),
            counted(
                    OWN + "bridge_breakers_closed",
                    "Bridges that came back because an allocation succeeded",
                    FleetCounter.BREAKERS_CLOSED),
            counter(OWN + "inputs_dropped", "Inputs that a full mailbox refused", FocusSnapshot::inputsDropped),
            counter(OWN + "policy_failures", "Failures of the placement policy", FocusSnapshot::policyFailures),
            counter(
                    OWN + "bridge_stats_malformed",
                    "Bridge statistics that could not be read",
                    FocusSnapshot::malformedStats),
            gauge(OWN + "inputs_queued", "Inputs waiting in mailboxes", FocusSnapshot::queuedInputs),
            gauge(OWN + "timers", "Timers running", FocusSnapshot::timers),
            gauge(OWN + "reservations", "Reservations of load that still count", FocusSnapshot::reservations),
            flag(OWN + "xmpp_connected", "Whether XMPP is connected", FocusSnapshot::connected),
            flag(OWN + "brewery_joined", "Whether the bridges' brewery is joined", FocusSnapshot::breweryJoined),
            gauge(
                    OWN + "participants_without_session",
                    "People in a room with others who have no session",
                    FocusFigures::withoutSession));

    private static final String NO_SUCH_SERVICE = "Always 0: this focus does not use the service";

    /**
     * What Jicofo counts of recorders and telephone gateways. Here it is 0, as it is in a Jicofo that has none: alerts and
     * dashboards find the name.
     */
    static final List<FocusMeter> OTHER_SERVICES = Stream.concat(
                    Stream.of(
                                    "jibri_sip_failures",
                                    "jibri_recording_failures",
                                    "jibri_live_streaming_failures",
                                    "jibri_no_instance_failures",
                                    "jigasi_iq_handler_rejected_requests",
                                    "jigasi_iq_handler_accepted_requests",
                                    "jigasi_iq_handler_retries",
                                    "jigasi_iq_handler_instance_errors",
                                    "jigasi_iq_handler_instance_timeouts")
                            .map(name -> counter(JICOFO + name, NO_SUCH_SERVICE, focus -> 0)),
                    Stream.of(
                                    "jibri_live_streaming_active",
                                    "jibri_recording_active",
                                    "jibri_sip_active",
                                    "jibri_instances",
                                    "jibri_instances_available",
                                    "sip_jibri_instances",
                                    "sip_jibri_instances_available",
                                    "jigasi_sip_count",
                                    "jigasi_sip_in_graceful_shutdown_count",
                                    "jigasi_transcriber_count")
                            .map(name -> gauge(JICOFO + name, NO_SUCH_SERVICE, focus -> 0)))
            .toList();

    static final List<BridgeMeter> BRIDGE = List.of(
            new BridgeMeter(
                    JICOFO + "bridge_restart_requests",
                    Kind.COUNTER,
                    "Restarts that clients of a bridge asked for",
                    FocusSnapshot.Bridge::restartRequests),
            new BridgeMeter(
                    JICOFO + "bridge_endpoints_moved",
                    Kind.COUNTER,
                    "People moved away from a bridge though their media flowed",
                    FocusSnapshot.Bridge::endpointsMoved),
            new BridgeMeter(
                    JICOFO + "bridge_endpoints",
                    Kind.GAUGE,
                    "Endpoints of this focus on a bridge",
                    FocusSnapshot.Bridge::endpoints),
            new BridgeMeter(
                    JICOFO + "bridge_failing_ice",
                    Kind.FLAG,
                    "Whether many clients of a bridge ask for restarts",
                    bridge -> bridge.bridge().condition().iceFailing() ? 1 : 0),
            new BridgeMeter(
                    OWN + "bridge_stress",
                    Kind.GAUGE,
                    "Reported load of a bridge, 0 idle, 1 full",
                    FocusSnapshot.Bridge::stress),
            new BridgeMeter(
                    OWN + "bridge_stress_corrected",
                    Kind.GAUGE,
                    "Load of a bridge with what has been promised to it",
                    FocusSnapshot.Bridge::correctedStress),
            new BridgeMeter(
                    OWN + "bridge_reservations",
                    Kind.GAUGE,
                    "Reservations on a bridge that still count",
                    FocusSnapshot.Bridge::reservations),
            new BridgeMeter(
                    OWN + "bridge_operational",
                    Kind.FLAG,
                    "Whether a bridge works",
                    bridge -> bridge.operational() ? 1 : 0),
            new BridgeMeter(
                    OWN + "bridge_leaving",
                    Kind.FLAG,
                    "Whether a bridge says that it will not stay",
                    bridge -> HealthCheck.leaving(bridge.bridge().report()) ? 1 : 0),
            new BridgeMeter(
                    OWN + "bridge_breaker_open",
                    Kind.FLAG,
                    "Whether a bridge is out of the choice because allocations failed",
                    bridge -> isOut(bridge.bridge().condition().state()) ? 1 : 0));

    private static boolean isOut(BridgeCondition.State state) {
        return state == BridgeCondition.State.OPEN || state == BridgeCondition.State.PROBING;
    }

    private static FocusMeter counter(String name, String help, ToDoubleFunction<FocusSnapshot> value) {
        return new FocusMeter(name, Kind.COUNTER, help, value);
    }

    private static FocusMeter counted(String name, String help, ConferenceCounter counter) {
        return counter(name, help, focus -> FocusFigures.counter(focus, counter));
    }

    private static FocusMeter counted(String name, String help, FleetCounter counter) {
        return counter(name, help, focus -> focus.fleetCounters().getOrDefault(counter, 0L));
    }

    private static FocusMeter gauge(String name, String help, ToDoubleFunction<FocusSnapshot> value) {
        return new FocusMeter(name, Kind.GAUGE, help, value);
    }

    private static FocusMeter flag(String name, String help, Predicate<FocusSnapshot> value) {
        return new FocusMeter(name, Kind.FLAG, help, focus -> value.test(focus) ? 1 : 0);
    }
}
