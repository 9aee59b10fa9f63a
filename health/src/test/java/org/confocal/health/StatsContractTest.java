package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every field of {@code /stats}, its place and its JSON type (spec/06, section 7). */
class StatsContractTest {
    private static final String FIELDS = """
            total_participants:int
            total_conferences_created:int
            conferences:int
            conferences_with_visitors:int
            bridge_failures.participants_moved:int
            bridge_failures.bridges_removed:int
            participant_notifications.ice_failed:int
            participant_notifications.request_restart:int
            largest_conference:int
            participants:int
            visitors:int
            conference_sizes.average:float
            conference_sizes.max:int
            conference_sizes.min:int
            conference_sizes.total_value:int
            conference_sizes.total_count:int
            conference_sizes.discarded:int
            conference_sizes.buckets.0_to_1:int
            conference_sizes.buckets.1_to_2:int
            conference_sizes.buckets.2_to_3:int
            conference_sizes.buckets.3_to_5:int
            conference_sizes.buckets.5_to_10:int
            conference_sizes.buckets.10_to_20:int
            conference_sizes.buckets.20_to_50:int
            conference_sizes.buckets.50_to_100:int
            conference_sizes.buckets.100_to_200:int
            conference_sizes.buckets.200_to_300:int
            conference_sizes.buckets.300_to_400:int
            conference_sizes.buckets.400_to_500:int
            conference_sizes.buckets.500_to_max:int
            conference_sizes.buckets.p99_upper_bound:int
            conference_sizes.buckets.p999_upper_bound:int
            endpoint_pairs:int
            jibri.total_sip_call_failures:int
            jibri.total_live_streaming_failures:int
            jibri.total_recording_failures:int
            jibri.live_streaming_active:int
            jibri.recording_active:int
            jibri.sip_call_active:int
            queues.jingle-iq-queue.dropped:int
            queues.jingle-iq-queue.queued:int
            bridge_selector.bridge_count:int
            bridge_selector.operational_bridge_count:int
            bridge_selector.in_shutdown_bridge_count:int
            bridge_selector.lost_bridges:int
            bridge_selector.bridge_version_count:int
            jibri_detector.count:int
            jibri_detector.available:int
            sip_jibri_detector.count:int
            sip_jibri_detector.available:int
            jigasi:empty
            threads:int
            jingle.sent.SESSION_INITIATE:int
            jingle.sent.SOURCEADD:int
            jingle.received.SESSION_ACCEPT:int
            version:string
            slow_health_check:int
            healthy:bool
            health.success:bool
            health.hardFailure:bool
            health.responseCode:int
            health.sticky:bool
            health.message:string
            """;

    private static JsonNode stats(FocusViewFake focus) throws Exception {
        try (HttpFixture http = new HttpFixture(focus)) {
            var response = http.get("/stats");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            return HttpFixture.json(response);
        }
    }

    @Test
    void fieldsOrderAndTypesAreJicofos() throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        flatten("", stats(FocusViewFake.busy()), fields);
        assertThat(fields.entrySet().stream()
                        .map(field -> field.getKey() + ":" + field.getValue())
                        .toList())
                .containsExactlyElementsOf(FIELDS.lines().toList());
    }

    @Test
    void valuesAreThoseOfTheMoment() throws Exception {
        JsonNode stats = stats(FocusViewFake.busy());
        assertThat(stats.at("/conferences").asLong()).isEqualTo(3);
        assertThat(stats.at("/participants").asLong()).as("one waits alone").isEqualTo(8);
        assertThat(stats.at("/largest_conference").asLong()).isEqualTo(4);
        assertThat(stats.at("/endpoint_pairs").asLong()).isEqualTo(4 * 3 + 3 * 2);
        assertThat(stats.at("/visitors").asLong()).isEqualTo(1);
        assertThat(stats.at("/conferences_with_visitors").asLong()).isEqualTo(1);
        assertThat(stats.at("/total_conferences_created").asLong()).isEqualTo(10);
        assertThat(stats.at("/total_participants").asLong()).isEqualTo(100);
        assertThat(stats.at("/bridge_failures/participants_moved").asLong()).isEqualTo(101);
        assertThat(stats.at("/participant_notifications/ice_failed").asLong()).isEqualTo(103);
        assertThat(stats.at("/participant_notifications/request_restart").asLong())
                .isEqualTo(104);
        assertThat(stats.at("/bridge_failures/bridges_removed").asLong()).isEqualTo(105);
        assertThat(stats.at("/bridge_selector/bridge_count").asLong()).isEqualTo(2);
        assertThat(stats.at("/bridge_selector/operational_bridge_count").asLong())
                .isEqualTo(2);
        assertThat(stats.at("/bridge_selector/in_shutdown_bridge_count").asLong())
                .isEqualTo(1);
        assertThat(stats.at("/bridge_selector/lost_bridges").asLong()).isEqualTo(1);
        assertThat(stats.at("/bridge_selector/bridge_version_count").asLong()).isEqualTo(2);
        assertThat(stats.at("/conference_sizes/buckets/1_to_2").asLong()).isEqualTo(1);
        assertThat(stats.at("/conference_sizes/buckets/3_to_5").asLong()).isEqualTo(2);
        assertThat(stats.at("/conference_sizes/min").asLong()).isEqualTo(1);
        assertThat(stats.at("/jingle/sent/SOURCEADD").asLong()).isEqualTo(12);
        assertThat(stats.at("/healthy").asBoolean()).isTrue();
        assertThat(stats.at("/health/responseCode").asInt()).isEqualTo(200);
    }

    @Test
    void anIdleFocusCountsNobodyAndItsAverageIsTheWordNaN() throws Exception {
        JsonNode stats = stats(FocusViewFake.healthy());
        assertThat(stats.at("/conference_sizes/average").isString()).isTrue();
        assertThat(stats.at("/conference_sizes/average").asString()).isEqualTo("NaN");
        assertThat(stats.at("/participants").asLong()).isZero();
        assertThat(stats.at("/conferences").asLong()).isZero();
        assertThat(stats.at("/conference_sizes/max").asLong()).isZero();
    }

    @Test
    void aRoomWithoutAnybodyCountsNobody() throws Exception {
        FocusViewFake focus = FocusViewFake.healthy();
        focus.conferences = List.of(FocusViewFake.conference("empty", 0, 0, 0));
        JsonNode stats = stats(focus);
        assertThat(stats.at("/participants").asLong()).isZero();
        assertThat(stats.at("/conferences").asLong()).isEqualTo(1);
    }

    @Test
    void aFailureIsDescribed() throws Exception {
        FocusViewFake focus = FocusViewFake.healthy();
        focus.bridges = List.of();
        JsonNode health = stats(focus).path("health");
        assertThat(health.path("success").asBoolean()).isFalse();
        assertThat(health.path("hardFailure").asBoolean()).isTrue();
        assertThat(health.path("responseCode").asInt()).isEqualTo(500);
        assertThat(health.path("message").asString()).contains("No operational bridges");
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        node.forEachEntry((key, value) -> {
            if (value.isObject() && !value.isEmpty()) {
                flatten(prefix + key + ".", value, into);
            } else {
                into.put(prefix + key, type(value));
            }
        });
    }

    private static String type(JsonNode value) {
        if (value.isObject()) {
            return "empty";
        }
        if (value.isIntegralNumber()) {
            return "int";
        }
        if (value.isFloatingPointNumber()) {
            return "float";
        }
        return value.isBoolean() ? "bool" : value.isString() ? "string" : "other";
    }
}
