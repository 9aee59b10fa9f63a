package org.confocal.focus.config;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * How conferences behave; the defaults are Jicofo's (spec/06, section 12).
 *
 * @param owners who is made owner of a room
 * @param initialTimeout how long a conference waits for its first member
 * @param singleParticipantTimeout how long a session is kept for one who is alone
 * @param minParticipants from how many members on they are invited; at least 1
 * @param maxSsrcsPerUser per endpoint and medium
 * @param maxSsrcGroupsPerUser per endpoint and medium
 * @param maxAudioSenders from so many unmuted members on no audio source is added
 * @param maxVideoSenders likewise for video
 * @param sourceSignalingDelays from how many participants on source changes are collected for how long
 * @param trustedDomains real JIDs of these domains may claim to be a jibri, jigasi or transcriber
 * @param sctp whether data channels are offered
 * @param visitors whether members with role visitor are invited
 * @param reinvites how people are invited again after a bridge is lost or left
 * @param octo whether and how a conference is spread over several bridges
 */
public record ConferenceConfig(
        OwnerRule owners,
        Duration initialTimeout,
        Duration singleParticipantTimeout,
        int minParticipants,
        int maxSsrcsPerUser,
        int maxSsrcGroupsPerUser,
        int maxAudioSenders,
        int maxVideoSenders,
        boolean stripSimulcast,
        boolean useSsrcRewriting,
        boolean useRtpMidDemux,
        boolean useJsonEncodedSources,
        boolean randomSharedDocumentName,
        NavigableMap<Integer, Duration> sourceSignalingDelays,
        boolean iceRestart,
        RestartLimits restartLimits,
        Set<String> trustedDomains,
        boolean sctp,
        boolean visitors,
        Reinvites reinvites,
        Octo octo,
        CodecConfig codecs) {

    public static final ConferenceConfig DEFAULTS = new ConferenceConfig(
            OwnerRule.FIRST_COMER,
            Duration.ofSeconds(15),
            Duration.ofSeconds(20),
            2,
            20,
            20,
            999_999,
            999_999,
            true,
            true,
            true,
            true,
            false,
            new TreeMap<>(),
            true,
            new RestartLimits(Duration.ofSeconds(5), 5, Duration.ofMinutes(1)),
            Set.of(),
            true,
            false,
            new Reinvites(20, Duration.ofMillis(100), ReinviteMethod.RESTART_JINGLE),
            new Octo(false, true),
            CodecConfig.DEFAULTS);

    public ConferenceConfig {
        sourceSignalingDelays = java.util.Collections.unmodifiableNavigableMap(new TreeMap<>(sourceSignalingDelays));
        trustedDomains = Set.copyOf(trustedDomains);
    }

    /**
     * Conferences over several bridges (Jicofo's {@code octo}).
     *
     * @param enabled otherwise each is on one bridge
     * @param sctpDataChannels whether bridges talk to each other over data channels, in place of web sockets
     */
    public record Octo(boolean enabled, boolean sctpDataChannels) {}

    /** The same with other links between bridges. */
    public ConferenceConfig with(Octo other) {
        return new ConferenceConfig(
                owners,
                initialTimeout,
                singleParticipantTimeout,
                minParticipants,
                maxSsrcsPerUser,
                maxSsrcGroupsPerUser,
                maxAudioSenders,
                maxVideoSenders,
                stripSimulcast,
                useSsrcRewriting,
                useRtpMidDemux,
                useJsonEncodedSources,
                randomSharedDocumentName,
                sourceSignalingDelays,
                iceRestart,
                restartLimits,
                trustedDomains,
                sctp,
                visitors,
                reinvites,
                other,
                codecs);
    }

    /** The same with other invitations after a bridge is lost or left. */
    public ConferenceConfig with(Reinvites other) {
        return new ConferenceConfig(
                owners,
                initialTimeout,
                singleParticipantTimeout,
                minParticipants,
                maxSsrcsPerUser,
                maxSsrcGroupsPerUser,
                maxAudioSenders,
                maxVideoSenders,
                stripSimulcast,
                useSsrcRewriting,
                useRtpMidDemux,
                useJsonEncodedSources,
                randomSharedDocumentName,
                sourceSignalingDelays,
                iceRestart,
                restartLimits,
                trustedDomains,
                sctp,
                visitors,
                other,
                octo,
                codecs);
    }

    /** How often a participant may ask for a restart: not within {@code minInterval}, and so often in {@code interval}. */
    public record RestartLimits(Duration minInterval, int maxRequests, Duration interval) {}

    /**
     * The pace and the form of invitations after a bridge is lost or left.
     *
     * @param batch how many at once; at least 1
     * @param pause between batches
     * @param method how somebody who has a session is told of the next endpoint
     */
    public record Reinvites(int batch, Duration pause, ReinviteMethod method) {}

    /** What a participant with a session gets when its endpoint is elsewhere (spec/03, section 9). */
    public enum ReinviteMethod {
        /** A session-terminate and a new session. */
        RESTART_JINGLE,
        /**
         * A transport-replace in the session that it has. One that does not follow gets a new session, then and at every
         * later move. Current lib-jitsi-meet does not follow.
         */
        REPLACE_TRANSPORT
    }
}
