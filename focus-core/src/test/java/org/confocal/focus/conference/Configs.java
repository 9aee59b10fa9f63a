package org.confocal.focus.conference;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.ConferenceConfig.ReinviteMethod;
import org.confocal.focus.config.ConferenceConfig.Reinvites;
import org.confocal.focus.config.OwnerRule;

/** Configurations that differ from the defaults in one thing. */
final class Configs {
    static final Variation DEFAULTS = new Variation(ReinviteMethod.RESTART_JINGLE);
    static final Variation REPLACING = new Variation(ReinviteMethod.REPLACE_TRANSPORT);

    private Configs() {}

    /** The defaults but for the method, to be varied. */
    static final class Variation {
        private final ConferenceConfig d = ConferenceConfig.DEFAULTS;
        private final ReinviteMethod method;

        Variation(ReinviteMethod method) {
            this.method = method;
        }

        ConferenceConfig withoutAutoOwner() {
            return make(
                    OwnerRule.NOBODY,
                    2,
                    999_999,
                    999_999,
                    d.randomSharedDocumentName(),
                    Map.of(),
                    true,
                    Set.of(),
                    false,
                    20);
        }

        ConferenceConfig withAccounts(String domain) {
            return make(
                    new OwnerRule.Authenticated(domain),
                    2,
                    999_999,
                    999_999,
                    false,
                    Map.of(),
                    true,
                    Set.of("services.example.org"),
                    false,
                    20);
        }

        ConferenceConfig withRandomDocumentName() {
            return make(OwnerRule.FIRST_COMER, 2, 999_999, 999_999, true, Map.of(), true, Set.of(), false, 20);
        }

        ConferenceConfig withMinParticipants(int min) {
            return make(OwnerRule.FIRST_COMER, min, 999_999, 999_999, false, Map.of(), true, Set.of(), false, 20);
        }

        ConferenceConfig withSenderLimits(int audio, int video) {
            return make(OwnerRule.FIRST_COMER, 2, audio, video, false, Map.of(), true, Set.of(), false, 20);
        }

        ConferenceConfig withDelays(Map<Integer, Duration> delays) {
            return make(OwnerRule.FIRST_COMER, 2, 999_999, 999_999, false, delays, true, Set.of(), false, 20);
        }

        ConferenceConfig withoutIceRestart() {
            return make(OwnerRule.FIRST_COMER, 2, 999_999, 999_999, false, Map.of(), false, Set.of(), false, 20);
        }

        ConferenceConfig trusting(String domain) {
            return make(OwnerRule.FIRST_COMER, 2, 999_999, 999_999, false, Map.of(), true, Set.of(domain), false, 20);
        }

        ConferenceConfig withVisitors() {
            return make(OwnerRule.FIRST_COMER, 2, 999_999, 999_999, false, Map.of(), true, Set.of(), true, 20);
        }

        ConferenceConfig withBatch(int batch) {
            return make(OwnerRule.FIRST_COMER, 2, 999_999, 999_999, false, Map.of(), true, Set.of(), false, batch);
        }

        private ConferenceConfig make(
                OwnerRule owners,
                int min,
                int maxAudio,
                int maxVideo,
                boolean randomName,
                Map<Integer, Duration> delays,
                boolean iceRestart,
                Set<String> trusted,
                boolean visitors,
                int batch) {
            return new ConferenceConfig(
                    owners,
                    d.initialTimeout(),
                    d.singleParticipantTimeout(),
                    min,
                    d.maxSsrcsPerUser(),
                    d.maxSsrcGroupsPerUser(),
                    maxAudio,
                    maxVideo,
                    d.stripSimulcast(),
                    d.useSsrcRewriting(),
                    d.useRtpMidDemux(),
                    d.useJsonEncodedSources(),
                    randomName,
                    new TreeMap<>(delays),
                    iceRestart,
                    d.restartLimits(),
                    trusted,
                    d.sctp(),
                    visitors,
                    new Reinvites(batch, Duration.ofMillis(100), method),
                    d.octo(),
                    d.codecs());
        }
    }
}
