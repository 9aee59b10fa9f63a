package org.confocal.focus.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a client says it can do, by disco#info (spec/03, section 1). Only those that change what the focus does. */
public enum Feature {
    AUDIO("urn:xmpp:jingle:apps:rtp:audio"),
    VIDEO("urn:xmpp:jingle:apps:rtp:video"),
    SCTP("urn:xmpp:jingle:transports:dtls-sctp:1"),
    RTX("urn:ietf:rfc:4588"),
    REMB("http://jitsi.org/remb"),
    TCC("http://jitsi.org/tcc"),
    SSRC_REWRITING("http://jitsi.org/ssrc-rewriting-1"),
    RTP_MID_DEMUX("http://jitsi.org/rtp-mid-demux"),
    JSON_SOURCES("http://jitsi.org/json-encoded-sources"),
    OPUS_RED("http://jitsi.org/opus-red"),
    AUDIO_MUTE("http://jitsi.org/protocol/audio-mute"),
    START_MUTED_ROOM_METADATA("http://jitsi.org/start-muted-room-metadata");

    /** What a client is taken to support when it does not answer (spec/03, section 1). */
    public static final Set<Feature> DEFAULTS = Set.copyOf(EnumSet.of(AUDIO, VIDEO, SCTP));

    private static final Map<String, Feature> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Feature::var, Function.identity()));

    private final String var;

    Feature(String var) {
        this.var = var;
    }

    /** The feature's name in disco#info. */
    public String var() {
        return var;
    }

    /** The feature of that name; empty for the many that do not matter here. */
    public static Optional<Feature> of(String var) {
        return Optional.ofNullable(BY_NAME.get(var));
    }
}
