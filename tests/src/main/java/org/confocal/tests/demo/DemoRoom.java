package org.confocal.tests.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.bridge.EndpointBook;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientBooks.Role;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.client.Media;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Stanzas;

/**
 * The life of one room: people join, share a screen, mute themselves and each other, leave. Runs on a thread of its own;
 * what is not as it should be is a sentence in the outcome.
 */
final class DemoRoom {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Rooms begin within this time of each other. */
    private static final int ARRIVAL_MILLIS = 3000;

    private static final ClientKind[] KINDS = {ClientKind.REWRITING, ClientKind.JSON, ClientKind.XML};
    private static final List<String> REGIONS = List.of("us-east", "eu-west");

    private final Deployment deployment;
    private final String name;
    private final int participants;
    private final SplittableRandom random;
    private final List<ClientEmulator> clients = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    DemoRoom(Deployment deployment, String name, int participants, SplittableRandom random) {
        this.deployment = deployment;
        this.name = name;
        this.participants = participants;
        this.random = random;
    }

    /** What became of it. */
    record Outcome(List<ClientBooks> participants, List<String> errors) {
        Outcome {
            participants = List.copyOf(participants);
            errors = List.copyOf(errors);
        }

        /** A room that could not run at all. */
        static Outcome failed(String why) {
            return new Outcome(List.of(), List.of(why));
        }
    }

    /** Runs it from the first join to the last leave. */
    Outcome run() {
        try {
            pause(ARRIVAL_MILLIS);
            for (int i = 0; i < participants; i++) {
                join(i);
                pause(60);
            }
            settle("after the joins");
            onOneBridge();
            screen();
            mutes();
            settle("before the leaves");
        } catch (IOException | CompletionException | IllegalStateException e) {
            wrong(String.valueOf(e.getMessage()));
        }
        List<ClientBooks> books = clients.stream().map(ClientEmulator::books).toList();
        leave();
        books.forEach(each -> errors.addAll(each.errors()));
        return new Outcome(books, errors);
    }

    private void wrong(String what) {
        errors.add(name + ": " + what);
    }

    private void join(int index) throws IOException {
        ClientConfig config = ClientConfig.of(
                        deployment.prosody().config(), name, KINDS[(index + random.nextInt(3)) % KINDS.length])
                .in(REGIONS.get(random.nextInt(REGIONS.size())))
                .with(PATIENCE, Duration.ofMillis(200));
        clients.add(ClientEmulator.join(config, random.split()));
    }

    /** Waits until everybody has a session and knows exactly the sources it should. */
    private void settle(String when) {
        Settlement.await(clients, when, PATIENCE).forEach(this::wrong);
    }

    /** Everybody is on exactly one bridge, all on the same, with the sources that they have. */
    private void onOneBridge() {
        Set<String> used = new HashSet<>();
        for (ClientEmulator client : clients) {
            List<BridgeEmulator> holders = deployment.bridges().stream()
                    .filter(bridge -> bridge.books().endpoint(client.endpoint()).isPresent())
                    .toList();
            holders.forEach(bridge -> used.add(bridge.config().name()));
            if (holders.size() != 1) {
                wrong(client.endpoint() + " is on " + holders.size() + " bridges");
                continue;
            }
            Set<Long> own = new HashSet<>();
            client.books().localSources().forEach(source -> own.addAll(source.ssrcs()));
            boolean known = waitUntil(() -> holders.getFirst()
                    .books()
                    .endpoint(client.endpoint())
                    .map(EndpointBook::ssrcs)
                    .map(ssrcs -> new HashSet<>(ssrcs).equals(own))
                    .orElse(false));
            if (!known) {
                wrong("the bridge does not have the sources of " + client.endpoint());
            }
        }
        if (used.size() > 1) {
            wrong("the conference is on bridges " + used);
        }
    }

    private void screen() {
        ClientEmulator presenter = clients.get(random.nextInt(clients.size()));
        expectResult(presenter.shareScreen().join(), "source-add");
        settle("after the screen was shared");
        expectResult(presenter.removeScreen().join(), "source-remove");
        settle("after the screen was removed");
    }

    private void mutes() {
        ClientEmulator shy = clients.get(random.nextInt(clients.size()));
        shy.mute(Media.CAMERA);
        shy.unmute(Media.CAMERA);
        if (!waitUntil(() -> moderator().findAny().isPresent())) {
            wrong("nobody became moderator");
            return;
        }
        ClientEmulator moderator = moderator().findAny().orElseThrow();
        ClientEmulator target = clients.stream()
                .filter(client -> client != moderator)
                .findFirst()
                .orElseThrow();
        expectResult(moderator.muteOther(target.endpoint(), Media.AUDIO).join(), "mute");
        if (!target.await(books -> books.muted().contains(Media.AUDIO), PATIENCE)) {
            wrong(target.endpoint() + " was not told that it is muted");
        }
        clients.stream()
                .filter(client -> client != moderator && client.books().role() == Role.PARTICIPANT)
                .findFirst()
                .ifPresent(client -> {
                    Element answer =
                            client.muteOther(moderator.endpoint(), Media.AUDIO).join();
                    if (!Stanzas.condition(answer).equals(Optional.of("not-allowed"))) {
                        wrong("somebody without rights could mute: " + answer.toXml());
                    }
                });
    }

    private Stream<ClientEmulator> moderator() {
        return clients.stream().filter(client -> client.books().role() == Role.MODERATOR);
    }

    private void expectResult(Element answer, String what) {
        if (!answer.value("type").equals("result")) {
            wrong(what + " was answered with " + Stanzas.describe(answer));
        }
    }

    /** One loses its network, the others go politely. */
    private void leave() {
        int dropped = clients.isEmpty() ? 0 : random.nextInt(clients.size());
        for (int i = 0; i < clients.size(); i++) {
            if (i == dropped) {
                clients.get(i).drop();
            } else {
                clients.get(i).leave();
            }
            pause(40);
        }
    }

    private void pause(int mostMillis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(mostMillis)));
    }

    private static boolean waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return true;
    }
}
