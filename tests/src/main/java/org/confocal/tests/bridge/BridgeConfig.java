package org.confocal.tests.bridge;

import java.time.Duration;
import java.util.Optional;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.ProsodyConfig;

/**
 * Who an emulated bridge is.
 *
 * @param name its nickname in the brewery, and its relay id where it has one
 * @param relayId absent where the bridge makes no relays
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
        DataChannels dataChannels,
        WebSockets webSockets) {

    /** Whether the bridge offers SCTP data channels. */
    public enum DataChannels {
        OFFERED,
        NOT_OFFERED
    }

    /** Whether the bridge can open and take websockets; JVB's default is off, every installer turns them on. */
    public enum WebSockets {
        ON,
        OFF
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
                DataChannels.OFFERED,
                WebSockets.ON);
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
                dataChannels,
                webSockets);
    }

    /** The same that carries messages in that way only. */
    public BridgeConfig with(DataChannels otherDataChannels, WebSockets otherWebSockets) {
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
                statsInterval,
                maxPacketRate,
                otherDataChannels,
                otherWebSockets);
    }

    /** The same without relays. */
    public BridgeConfig withoutRelays() {
        return new BridgeConfig(
                host,
                port,
                domains,
                user,
                password,
                name,
                region,
                Optional.empty(),
                version,
                statsInterval,
                maxPacketRate,
                dataChannels,
                webSockets);
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
                dataChannels,
                webSockets);
    }
}
