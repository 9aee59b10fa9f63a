package org.confocal.tests.bridge;

import java.time.Duration;
import java.util.Optional;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.ProsodyConfig;

/**
 * Who an emulated bridge is.
 *
 * @param name its nickname in the brewery, and its relay id where it has one
 * @param statsInterval how often presence is republished
 * @param maxPacketRate packets/s, in and out together, at which the reported stress is 1
 */
public record BridgeConfig(
        String host,
        int port,
        Domains domains,
        String user,
        String password,
        String name,
        Optional<String> region,
        Optional<String> relayId,
        String version,
        Duration statsInterval,
        int maxPacketRate,
        DataChannels dataChannels) {

    /** Whether the bridge offers SCTP data channels. */
    public enum DataChannels {
        OFFERED,
        NOT_OFFERED
    }

    /** A bridge of that name and region on that Prosody, otherwise as JVB comes. */
    public static BridgeConfig of(ProsodyConfig prosody, String name, String region) {
        return new BridgeConfig(
                "127.0.0.1",
                prosody.clientPort(),
                prosody.domains(),
                ProsodyConfig.BRIDGE_USER,
                ProsodyConfig.SECRET,
                name,
                Optional.of(region),
                Optional.of(name),
                "2.3.SNAPSHOT",
                Duration.ofSeconds(5),
                50_000,
                DataChannels.OFFERED);
    }

    /** The same with another interval of presence. */
    public BridgeConfig withStatsInterval(Duration interval) {
        return new BridgeConfig(
                host,
                port,
                domains,
                user,
                password,
                name,
                region,
                relayId,
                version,
                interval,
                maxPacketRate,
                dataChannels);
    }

    /** The same with another version. */
    public BridgeConfig withVersion(String other) {
        return new BridgeConfig(
                host,
                port,
                domains,
                user,
                password,
                name,
                region,
                relayId,
                other,
                statsInterval,
                maxPacketRate,
                dataChannels);
    }
}
