package org.confocal.tests.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.confocal.tests.Cell;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientBooks.Offer;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.Media;
import org.confocal.tests.demo.HandoverLedger.Life;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Requests;

/** Somebody who comes once, does one thing at a time and goes. What it is asked to do while it is not idle it does not do. */
final class HandoverPerson {
    private final ClientConfig config;
    private final SplittableRandom random;
    private final AtomicReference<State> state = new AtomicReference<>(State.ON_THE_WAY);
    private final Cell<Optional<ClientEmulator>> client = new Cell<>(Optional.empty());
    private final Cell<Optional<String>> failure = new Cell<>(Optional.empty());
    private final Cell<Boolean> sharing = new Cell<>(false);
    private final Cell<Boolean> cameraOff = new Cell<>(false);

    HandoverPerson(ClientConfig config, SplittableRandom random) {
        this.config = config;
        this.random = random;
    }

    /** What it is about. */
    enum State {
        ON_THE_WAY,
        IDLE,
        /** Waits for an answer. */
        BUSY,
        GONE
    }

    State state() {
        State now = state.get();
        return now == null ? State.GONE : now;
    }

    /** Comes, and returns when it has accepted a session, or has failed and is gone. */
    void join() {
        try {
            ClientEmulator made = ClientEmulator.connect(config, random);
            client.set(Optional.of(made));
            made.enter();
            if (!made.await(books -> books.accepted() > 0 || books.ended().isPresent(), config.patience())) {
                throw new IOException("no session " + config.patience().toSeconds() + " s after it came in");
            }
            state.set(State.IDLE);
        } catch (IOException e) {
            failure.set(Optional.of(config.room() + ": somebody could not join: " + e.getMessage()));
            state.set(State.GONE);
            client.get().ifPresent(ClientEmulator::leave);
        }
    }

    boolean isSharing() {
        return sharing.get();
    }

    /** Where it is connected. */
    Optional<ClientEmulator> client() {
        return client.get();
    }

    void share() {
        ask(true, () -> client.get().orElseThrow().shareScreen());
    }

    void unshare() {
        ask(false, () -> client.get().orElseThrow().removeScreen());
    }

    private void ask(boolean after, Supplier<CompletableFuture<Element>> change) {
        if (!state.compareAndSet(State.IDLE, State.BUSY)) {
            return;
        }
        sharing.set(after);
        try {
            CompletableFuture<?> unused =
                    change.get().whenComplete((answer, failed) -> state.compareAndSet(State.BUSY, State.IDLE));
        } catch (IllegalStateException e) {
            // Its session is gone, which the next look at all sessions finds.
            state.compareAndSet(State.BUSY, State.IDLE);
        }
    }

    void camera() {
        boolean off = !cameraOff.get();
        cameraOff.set(off);
        client.get().ifPresent(each -> {
            if (off) {
                each.mute(Media.CAMERA);
            } else {
                each.unmute(Media.CAMERA);
            }
        });
    }

    /** Goes, whatever it is about. */
    void leave() {
        state.set(State.GONE);
        client.get().ifPresent(ClientEmulator::leave);
    }

    /** What it has seen until now. */
    Life life() {
        Optional<ClientEmulator> made = client.get();
        if (made.isEmpty()) {
            return new Life(
                    "",
                    0,
                    0,
                    0,
                    Requests.NONE,
                    0,
                    OptionalLong.empty(),
                    failure.get().stream().toList());
        }
        ClientBooks books = made.get().books();
        List<String> errors = new ArrayList<>(books.errors());
        failure.get().ifPresent(errors::add);
        books.ended().ifPresent(why -> errors.add(books.endpoint() + "'s stream ended: " + why));
        return new Life(
                books.endpoint(),
                books.offers().size(),
                books.terminated(),
                books.focusLeft(),
                made.get().requests(),
                books.requestedNanos(),
                books.offers().stream().mapToLong(Offer::atNanos).findFirst(),
                errors);
    }
}
