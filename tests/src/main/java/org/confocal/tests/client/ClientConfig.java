package org.confocal.tests.client;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.ProsodyConfig;

/**
 * Who an emulated client is, and where it goes.
 *
 * @param room local part of the room's address
 * @param patience how long it waits for any single answer, and for the conference to become ready
 * @param backOff the first pause after an answer that says "not ready"; doubled every time, at most two minutes
 * @param replacing what it does when it is to move within its session
 * @param initialLastN what its session-accept asks for; absent for nothing
 */
public record ClientConfig(
        String host,
        int port,
        Domains domains,
        String room,
        Optional<String> region,
        ClientKind kind,
        Duration patience,
        Duration backOff,
        Replacing replacing,
        OptionalInt initialLastN) {

    /** A client for that room on that Prosody, with lib-jitsi-meet's times. */
    public static ClientConfig of(ProsodyConfig prosody, String room, ClientKind kind) {
        return new ClientConfig(
                "127.0.0.1",
                prosody.clientPort(),
                prosody.domains(),
                room,
                Optional.empty(),
                kind,
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Replacing.ACCEPTS,
                OptionalInt.empty());
    }

    /** The same in a region. */
    public ClientConfig in(String otherRegion) {
        return new ClientConfig(
                host, port, domains, room, Optional.of(otherRegion), kind, patience, backOff, replacing, initialLastN);
    }

    /** The same with other times. */
    public ClientConfig with(Duration otherPatience, Duration otherBackOff) {
        return new ClientConfig(
                host, port, domains, room, region, kind, otherPatience, otherBackOff, replacing, initialLastN);
    }

    /** The same, asking for so many videos at first. */
    public ClientConfig withInitialLastN(int lastN) {
        return new ClientConfig(
                host, port, domains, room, region, kind, patience, backOff, replacing, OptionalInt.of(lastN));
    }

    /** The same with another answer to transport-replace. */
    public ClientConfig with(Replacing otherReplacing) {
        return new ClientConfig(
                host, port, domains, room, region, kind, patience, backOff, otherReplacing, initialLastN);
    }
}
