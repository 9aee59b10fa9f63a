package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every name of {@code /metrics}, its type and its label (spec/06, section 9). */
class MetricsContractTest {
    private static final String COUNTERS = """
            conference_requests conference_requests_new conferences_created participants
            participants_no_start_muted_rmd participants_moved bridges_removed participants_ice_failed
            participants_restart_requested xmpp_disconnects bridge_selector_lost_bridges
            ice_restarts_requested ice_restarts_relayed ice_restarts_not_needed ice_restarts_failed
            jingle_session_initiate_sent jingle_sourceadd_sent jingle_session_accept_received
            bridge_restart_requests bridge_endpoints_moved load_redistributor_endpoints_moved
            bridge_selection_rate_limited jibri_sip_failures jibri_recording_failures
            jibri_live_streaming_failures jibri_no_instance_failures jigasi_iq_handler_rejected_requests
            jigasi_iq_handler_accepted_requests jigasi_iq_handler_retries jigasi_iq_handler_instance_errors
            jigasi_iq_handler_instance_timeouts""";
    private static final String GAUGES = """
            conferences_seconds endpoint_seconds conferences conferences_with_visitors largest_conference
            participants_current participants_pairs visitors_current bridge_selector_bridge_count
            bridge_selector_bridge_count_operational bridge_selector_bridge_count_in_shutdown
            bridge_selector_bridge_version_count threads healthy bridge_endpoints bridge_failing_ice
            jibri_live_streaming_active jibri_recording_active jibri_sip_active jibri_instances
            jibri_instances_available sip_jibri_instances sip_jibri_instances_available jigasi_sip_count
            jigasi_sip_in_graceful_shutdown_count jigasi_transcriber_count""";
    private static final String OWN_COUNTERS = """
            selections_failed inputs_illegal inputs_dropped policy_failures bridge_stats_malformed
            bridges_suspected conferences_replaced participants_repaired bridge_allocations_failed bridge_breakers_opened
            bridge_breakers_probed bridge_breakers_closed moves_convenient drains_begun moves_drained moves_urgent_postponed
            moves_diverted moves_second_look second_looks bridges_relieved
            bridge_ice_failures relay_links_made relay_links_removed relay_transports_withheld
            transport_replaces_failed selections_refused conference_requests_refused""";
    private static final String OWN_GAUGES = """
            inputs_queued timers reservations xmpp_connected brewery_joined bridge_stress
            bridge_stress_corrected bridge_reservations bridge_operational bridge_leaving bridge_breaker_open
            participants_without_session egress_usd_per_hour""";
    private static final String HISTOGRAMS = "conference_request_seconds join_to_offer_seconds bridge_response_seconds";

    private static Map<String, String> expected() {
        Map<String, String> expected = new TreeMap<>();
        put(expected, COUNTERS, "jitsi_jicofo_", "counter");
        put(expected, GAUGES, "jitsi_jicofo_", "gauge");
        put(expected, OWN_COUNTERS, "confocal_", "counter");
        put(expected, OWN_GAUGES, "confocal_", "gauge");
        put(expected, HISTOGRAMS, "confocal_", "histogram");
        expected.put("jitsi_jicofo_version", "info");
        return expected;
    }

    private static void put(Map<String, String> into, String names, String prefix, String type) {
        for (String name : names.strip().split("\\s+", -1)) {
            into.put(prefix + name, type);
        }
    }

    private static Map<String, String> types(String scrape) {
        Map<String, String> types = new TreeMap<>();
        scrape.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> {
            List<String> words = List.of(line.split(" ", -1));
            types.put(words.get(2), words.get(3));
        });
        return types;
    }

    @Test
    void openMetricsHasEveryNameAndType() throws Exception {
        try (HttpFixture http = new HttpFixture(FocusViewFake.busy())) {
            HttpResponse<String> response = http.get("/metrics");
            assertThat(response.headers().firstValue("Content-Type"))
                    .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(types(response.body())).isEqualTo(expected());
            assertThat(response.body()).endsWith("# EOF\n");
        }
    }

    @Test
    void samplesCarryTheFiguresOfTheMoment() throws Exception {
        try (HttpFixture http = new HttpFixture(FocusViewFake.busy())) {
            List<String> lines = http.get("/metrics").body().lines().toList();
            assertThat(lines)
                    .contains(
                            "jitsi_jicofo_conferences_created_total 10.0",
                            "jitsi_jicofo_conferences 3.0",
                            "jitsi_jicofo_participants_total 100.0",
                            "jitsi_jicofo_participants_current 8.0",
                            "jitsi_jicofo_participants_pairs 18.0",
                            "jitsi_jicofo_conferences_seconds 1234.5",
                            "jitsi_jicofo_endpoint_seconds 4321.25",
                            "jitsi_jicofo_healthy 1.0",
                            "jitsi_jicofo_bridge_endpoints{jvb=\"jvb1\"} 5.0",
                            "jitsi_jicofo_bridge_endpoints{jvb=\"jvb2\"} 5.0",
                            "jitsi_jicofo_bridge_restart_requests_total{jvb=\"jvb1\"} 3.0",
                            "jitsi_jicofo_jingle_session_initiate_sent_total 7.0",
                            "jitsi_jicofo_version_info{version=\"0.1.0-test\"} 1",
                            "confocal_bridge_stress_corrected{jvb=\"jvb1\"} 0.31");
            assertThat(lines).anyMatch(line -> line.startsWith("jitsi_jicofo_conferences_created_created "));
        }
    }

    @Test
    void durationsAreHistogramsAndRefusalsSayWhy() throws Exception {
        try (HttpFixture http = new HttpFixture(FocusViewFake.busy())) {
            assertThat(http.get("/metrics").body().lines())
                    .contains(
                            "confocal_bridge_response_seconds_bucket{le=\"0.025\"} 0",
                            "confocal_bridge_response_seconds_bucket{le=\"0.05\"} 2",
                            "confocal_bridge_response_seconds_bucket{le=\"20.0\"} 2",
                            "confocal_bridge_response_seconds_bucket{le=\"+Inf\"} 3",
                            "confocal_bridge_response_seconds_count 3",
                            "confocal_bridge_response_seconds_sum 30.08",
                            "confocal_selections_refused_total{reason=\"none_operational\"} 7.0",
                            "confocal_conference_requests_refused_total{reason=\"not_authorized\"} 4.0");
        }
    }

    @Test
    void oneScrapeIsOneLookAtTheFocus() throws Exception {
        FocusViewFake focus = FocusViewFake.busy();
        try (HttpFixture http = new HttpFixture(focus)) {
            http.get("/metrics");
            int before = focus.snapshots.get();
            http.get("/metrics");
            assertThat(focus.snapshots.get() - before).isEqualTo(1);
        }
    }

    @Test
    void theTextFormatCarriesTheSameSamples() throws Exception {
        try (HttpFixture http = new HttpFixture(FocusViewFake.busy())) {
            HttpResponse<String> response = http.get("/metrics", "Accept", "text/plain");
            assertThat(response.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(response.body().lines())
                    .contains(
                            "# TYPE jitsi_jicofo_conferences_created_total counter",
                            "jitsi_jicofo_conferences_created_total 10.0",
                            "jitsi_jicofo_bridge_selector_bridge_count 2.0");
        }
    }

    @Test
    void jsonIsFlatWithoutPrefixAndWithoutLabels() throws Exception {
        try (HttpFixture http = new HttpFixture(FocusViewFake.busy())) {
            JsonNode json = HttpFixture.json(http.get("/metrics", "Accept", "application/json"));
            TreeSet<String> names = new TreeSet<>(json.propertyNames());
            TreeSet<String> wanted = new TreeSet<>();
            expected().forEach((name, type) -> {
                String flat = name.replaceFirst("^jitsi_jicofo_", "");
                if (!type.equals("histogram")
                        && !flat.equals("confocal_selections_refused")
                        && !flat.equals("confocal_egress_usd_per_hour")
                        && !flat.equals("confocal_conference_requests_refused")
                        && !flat.startsWith("bridge_endpoints")
                        && !flat.startsWith("bridge_failing")
                        && !flat.startsWith("bridge_restart")
                        && !(flat.startsWith("confocal_bridge_") && type.equals("gauge"))) {
                    wanted.add(type.equals("counter") ? flat + "_total" : flat);
                }
            });
            assertThat(names).isEqualTo(wanted);
            assertThat(json.path("participants_total").isIntegralNumber()).isTrue();
            assertThat(json.path("conferences_seconds").asDouble()).isEqualTo(1234.5);
            assertThat(json.path("healthy").isBoolean()).isTrue();
            assertThat(json.path("version").asString()).isEqualTo("0.1.0-test");
        }
    }

    @Test
    void aBridgeThatIsGoneTakesItsSeriesAlongAndOneThatComesBringsThem() throws Exception {
        FocusViewFake focus = FocusViewFake.busy();
        try (HttpFixture http = new HttpFixture(focus)) {
            assertThat(http.get("/metrics").body()).contains("jvb=\"jvb1\"").contains("jvb=\"jvb2\"");
            focus.bridges = List.of(
                    FocusViewFake.bridge("jvb2", FocusViewFake.REPORT),
                    FocusViewFake.bridge("jvb3", FocusViewFake.REPORT));
            String scrape = http.get("/metrics").body();
            assertThat(scrape).doesNotContain("jvb1").contains("jvb=\"jvb2\"").contains("jvb=\"jvb3\"");
            focus.bridges = List.of(FocusViewFake.bridge("jvb1", FocusViewFake.REPORT));
            assertThat(http.get("/metrics").body()).contains("jvb=\"jvb1\"").doesNotContain("jvb2");
        }
    }

    @Test
    void jingleCountersAppearOnFirstUseAndOnlyForWordsThatAreActions() throws Exception {
        FocusViewFake focus = FocusViewFake.healthy();
        try (HttpFixture http = new HttpFixture(focus)) {
            assertThat(http.get("/metrics").body()).doesNotContain("jingle");
            focus.jingleSent.put("TRANSPORT_INFO", 1L);
            focus.jingleSent.put("x\"} 1\nevil", 1L);
            String scrape = http.get("/metrics").body();
            assertThat(scrape)
                    .contains("jitsi_jicofo_jingle_transport_info_sent_total 1.0")
                    .doesNotContain("evil");
        }
    }

    @Test
    void anUnhealthyFocusSaysSo() throws Exception {
        FocusViewFake focus = FocusViewFake.healthy();
        focus.connected = false;
        try (HttpFixture http = new HttpFixture(focus)) {
            assertThat(http.get("/metrics").body().lines())
                    .contains("jitsi_jicofo_healthy 0.0", "confocal_xmpp_connected 0.0");
        }
    }

    @Test
    void whatOthersMeasureIsShown() throws Exception {
        try (HttpFixture http = new HttpFixture(FocusViewFake.healthy())) {
            Counter.builder("tea.cups").register(http.server.meters()).increment(3);
            assertThat(http.get("/metrics").body()).contains("tea_cups_total 3.0");
        }
    }

    @Test
    void twoServersInOneProcessCountApart() throws Exception {
        FocusViewFake idle = FocusViewFake.healthy();
        try (HttpFixture one = new HttpFixture(FocusViewFake.busy());
                HttpFixture other = new HttpFixture(idle)) {
            assertThat(one.get("/metrics").body()).contains("jitsi_jicofo_conferences 3.0");
            assertThat(other.get("/metrics").body()).contains("jitsi_jicofo_conferences 0.0");
        }
    }
}
