package org.confocal.tests.bridge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.confocal.tests.bridge.EndpointBook.Role;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;

/** The {@code <stats>} of a bridge's presence: JVB's fields in JVB's order, computed from the books. Stateless. */
final class BridgeStats {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Every field in order; with the value where it does not depend on the books. */
    private static final String FIELDS = """
            incoming_loss=0.0
            outgoing_loss=0.0
            overall_loss=0.0
            endpoints_with_high_outgoing_loss=0
            tcc_unmatched_feedback=0
            local_active_endpoints
            bit_rate_download
            bit_rate_upload
            packet_rate_download
            packet_rate_upload
            rtt_aggregate=0.0
            num_eps_oversending=0
            octo_conferences
            inactive_conferences=0
            p2p_conferences=0
            endpoints
            participants
            receive_only_endpoints
            inactive_endpoints=0
            octo_endpoints
            endpoints_sending_audio
            endpoints_sending_video
            largest_conference
            octo_receive_bitrate
            octo_receive_packet_rate
            octo_send_bitrate
            octo_send_packet_rate
            endpoints_with_suspended_sources=0
            total_conferences_created
            total_conferences_completed
            total_conference_seconds=0
            total_participants
            total_visitors=0
            num_eps_no_msg_transport_after_delay=0
            total_relays=0
            num_relays_no_msg_transport_after_delay=0
            total_keyframes_received=0
            total_layering_changes_received=0
            total_video_stream_milliseconds_received=0
            stress_level
            conferences
            visitors
            local_endpoints
            total_data_channel_messages_received=0
            total_data_channel_messages_sent=0
            total_colibri_web_socket_messages_received=0
            total_colibri_web_socket_messages_sent=0
            total_bytes_received=0
            endpoints_ice_failed=0
            dtls_failed_endpoints=0
            relays_ice_failed=0
            dtls_failed_relays=0
            total_bytes_sent=0
            total_packets_received=0
            total_packets_sent=0
            total_bytes_received_octo=0
            total_bytes_sent_octo=0
            total_packets_received_octo=0
            total_packets_sent_octo=0
            total_dominant_speaker_changes=0
            preemptive_kfr_sent=0
            preemptive_kfr_suppressed=0
            total_ice_failed=0
            total_ice_succeeded=0
            total_ice_succeeded_relayed=0
            average_participant_stress=0.01
            threads=38
            graceful_shutdown
            shutting_down
            drain
            current_timestamp
            relay_id
            muc_clients_configured=1
            muc_clients_connected=1
            mucs_configured=1
            mucs_joined=1
            endpoints_with_spurious_remb=0
            healthy
            endpoints_disconnected=0
            endpoints_reconnected=0
            version
            region
            """;

    private BridgeStats() {}

    static Element of(BridgeConfig config, BridgeBooks books, Set<BridgeFlag> flags, Instant now) {
        Map<String, String> values = new HashMap<>();
        traffic(config, BridgeTraffic.of(books), values);
        endpoints(books, values);
        values.put("graceful_shutdown", Boolean.toString(flags.contains(BridgeFlag.GRACEFUL_SHUTDOWN)));
        values.put("shutting_down", Boolean.toString(flags.contains(BridgeFlag.SHUTTING_DOWN)));
        values.put("drain", Boolean.toString(flags.contains(BridgeFlag.DRAIN)));
        values.put("healthy", Boolean.toString(!flags.contains(BridgeFlag.UNHEALTHY)));
        values.put("current_timestamp", TIME.format(now));
        values.put("version", config.version());
        config.relayId().ifPresent(id -> values.put("relay_id", id));
        config.region().ifPresent(region -> values.put("region", region));
        return Element.of("stats", Ns.COLIBRI)
                .add(FIELDS.lines().flatMap(line -> stat(line, values)).toList());
    }

    private static Stream<Element> stat(String line, Map<String, String> values) {
        int equals = line.indexOf('=');
        String name = equals < 0 ? line : line.substring(0, equals);
        String value = equals < 0 ? values.get(name) : line.substring(equals + 1);
        return value == null
                ? Stream.empty()
                : Stream.of(Element.of("stat").with("name", name).with("value", value));
    }

    private static void traffic(BridgeConfig config, BridgeTraffic traffic, Map<String, String> values) {
        values.put("bit_rate_download", Long.toString(traffic.in().bits() / 1000));
        values.put("bit_rate_upload", Long.toString(traffic.out().bits() / 1000));
        values.put("packet_rate_download", Integer.toString(traffic.in().packets()));
        values.put("packet_rate_upload", Integer.toString(traffic.out().packets()));
        values.put("octo_receive_bitrate", Long.toString(traffic.relayIn().bits()));
        values.put(
                "octo_receive_packet_rate", Integer.toString(traffic.relayIn().packets()));
        values.put("octo_send_bitrate", Long.toString(traffic.relayOut().bits()));
        values.put("octo_send_packet_rate", Integer.toString(traffic.relayOut().packets()));
        values.put("stress_level", Double.toString((double) traffic.packets() / config.maxPacketRate()));
    }

    private static void endpoints(BridgeBooks books, Map<String, String> values) {
        int local = books.endpoints();
        int remote = 0;
        int largest = 0;
        int relayed = 0;
        for (ConferenceBook conference : books.conferences().values()) {
            int behind = conference.relays().values().stream()
                    .mapToInt(relay -> relay.endpoints().size())
                    .sum();
            remote += behind;
            relayed += conference.relays().isEmpty() ? 0 : 1;
            largest = Math.max(largest, behind + conference.endpoints().size());
        }
        values.put("local_active_endpoints", Integer.toString(local));
        values.put("local_endpoints", Integer.toString(local));
        values.put("endpoints", Integer.toString(local + remote));
        values.put("participants", Integer.toString(local + remote));
        values.put("octo_endpoints", Integer.toString(remote));
        values.put("octo_conferences", Integer.toString(relayed));
        values.put("largest_conference", Integer.toString(largest));
        values.put("endpoints_sending_audio", Long.toString(sending(books, "audio")));
        values.put("endpoints_sending_video", Long.toString(sending(books, "video")));
        values.put(
                "receive_only_endpoints",
                Long.toString(endpoints(books).filter(BridgeStats::isSilent).count()));
        values.put(
                "visitors",
                Long.toString(endpoints(books).filter(BridgeStats::isVisitor).count()));
        int open = books.conferences().size();
        values.put("conferences", Integer.toString(open));
        values.put("total_conferences_created", Long.toString(books.conferencesCreated()));
        values.put("total_conferences_completed", Long.toString(books.conferencesCreated() - open));
        values.put("total_participants", Long.toString(books.endpointsCreated()));
    }

    private static Stream<EndpointBook> endpoints(BridgeBooks books) {
        return books.conferences().values().stream().flatMap(conference -> conference.endpoints().values().stream());
    }

    private static boolean isSilent(EndpointBook endpoint) {
        return endpoint.sending("audio") + endpoint.sending("video") == 0;
    }

    private static boolean isVisitor(EndpointBook endpoint) {
        return endpoint.role() == Role.VISITOR;
    }

    private static long sending(BridgeBooks books, String type) {
        return endpoints(books).filter(endpoint -> endpoint.sending(type) > 0).count();
    }
}
