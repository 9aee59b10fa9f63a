package org.confocal.tests.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.bridge.ConferenceBook;
import org.confocal.tests.bridge.EndpointBook;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.demo.Settlement.Deadline;

/**
 * Whether rooms are as they should be: everybody has a session, knows the others' sources and is on one bridge with its own. A
 * part of the rooms at a time is kept still for that; the traffic in the others goes on.
 */
final class HandoverCheck {
    private static final int PARTS = 4;

    /** However long the parts before have waited in vain: what is well is found to be well. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(5);

    private final Deployment deployment;
    private final HandoverLedger ledger;
    private final Consumer<String> errors;

    HandoverCheck(Deployment deployment, HandoverLedger ledger, Consumer<String> errors) {
        this.deployment = deployment;
        this.ledger = ledger;
        this.errors = errors;
    }

    /**
     * Looks at all of them. Who has no session, or is on no bridge, is counted, and leaves.
     *
     * @param patience for all of them together, but for the little that each part has in any case
     */
    void all(List<HandoverRoom> rooms, String when, Duration patience) {
        Deadline together = Deadline.in(patience);
        for (int part = 0; part < PARTS; part++) {
            List<HandoverRoom> some = new ArrayList<>();
            for (int i = part; i < rooms.size(); i += PARTS) {
                some.add(rooms.get(i));
            }
            some.forEach(HandoverRoom::hold);
            Duration left = together.left();
            Deadline deadline = left.compareTo(LEAST_PATIENCE) > 0 ? together : Deadline.in(LEAST_PATIENCE);
            some.forEach(room -> {
                look(room, when, deadline);
                room.release();
            });
        }
    }

    private void look(HandoverRoom room, String when, Deadline deadline) {
        if (!await(room::isQuiet, deadline)) {
            errors.accept(room.name() + ": " + when + " somebody still waits for an answer, or to be let in");
        }
        List<ClientEmulator> clients = room.clients();
        List<String> wrong = Settlement.await(clients, when, deadline.left());
        wrong.forEach(each -> errors.accept(room.name() + ": " + each));
        if (!wrong.isEmpty()) {
            clients.forEach(client -> views(client, clients));
        }
        clients.forEach(client -> onItsBridge(room, client, when, deadline));
        if (!await(() -> strangers(room, clients).isEmpty(), deadline)) {
            errors.accept(
                    room.name() + ": " + when + " its bridge has " + strangers(room, clients) + ", who have left");
        }
        room.evict(
                client -> client.books().session().isEmpty() || holders(client).isEmpty());
    }

    /** The settlement has waited long enough; now it is counted who does not know what. */
    private void views(ClientEmulator client, List<ClientEmulator> clients) {
        Set<Long> expected = Settlement.expected(client, clients, Duration.ZERO);
        Set<Long> known = client.books().knownSsrcs();
        expected.stream().filter(ssrc -> !known.contains(ssrc)).forEach(ssrc -> ledger.missed(client.endpoint(), ssrc));
        known.stream().filter(ssrc -> !expected.contains(ssrc)).forEach(ssrc -> ledger.missed(client.endpoint(), ssrc));
    }

    private void onItsBridge(HandoverRoom room, ClientEmulator client, String when, Deadline deadline) {
        boolean well = await(
                () -> holders(client).size() == 1
                        && holders(client).getFirst().equals(own(client))
                        && client.books().session().isPresent(),
                deadline);
        if (well) {
            return;
        }
        List<Set<Long>> holders = holders(client);
        if (holders.isEmpty() || client.books().session().isEmpty()) {
            ledger.withoutSession(client.endpoint());
        }
        errors.accept(room.name() + ": " + when + " " + client.endpoint()
                + (holders.size() == 1
                        ? " is on a bridge that does not have exactly its sources"
                        : " is on " + holders.size() + " bridges"));
    }

    private static Set<Long> own(ClientEmulator client) {
        Set<Long> ssrcs = new HashSet<>();
        client.books().localSources().forEach(source -> ssrcs.addAll(source.ssrcs()));
        return ssrcs;
    }

    /** What each bridge that has it knows of its sources. */
    private List<Set<Long>> holders(ClientEmulator client) {
        return deployment.bridges().stream()
                .map(bridge -> bridge.books().endpoint(client.endpoint()).map(EndpointBook::ssrcs))
                .flatMap(Optional::stream)
                .map(ssrcs -> Set.copyOf(new HashSet<>(ssrcs)))
                .toList();
    }

    /** Endpoints that bridges have for the room and nobody in it knows. */
    private List<String> strangers(HandoverRoom room, List<ClientEmulator> clients) {
        Set<String> present = new HashSet<>();
        clients.forEach(client -> present.add(client.endpoint()));
        String address = deployment.prosody().config().domains().room(room.name());
        List<String> strangers = new ArrayList<>();
        for (BridgeEmulator bridge : deployment.bridges()) {
            for (ConferenceBook conference : bridge.books().conferences().values()) {
                if (conference.name().equals(address)) {
                    conference.endpoints().keySet().stream()
                            .filter(endpoint -> !present.contains(endpoint))
                            .forEach(strangers::add);
                }
            }
        }
        return strangers;
    }

    private static boolean await(BooleanSupplier condition, Deadline deadline) {
        return DemoMeasure.await(condition, Math.toIntExact(deadline.left().toSeconds()));
    }
}
