package org.confocal.tests.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.confocal.tests.client.ClientBooks.BridgeState;
import org.confocal.tests.client.ClientBooks.FocusState;
import org.confocal.tests.client.ClientBooks.Offer;
import org.confocal.tests.client.ClientBooks.Presence;
import org.confocal.tests.client.ClientBooks.Role;

/**
 * The books of a client while they are being written. The lock guards the fields of {@link Page}; nothing is sent and
 * nothing waits for the network under it.
 */
final class ClientLedger {
    static final int MAX_ERRORS = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Page page;

    ClientLedger(String endpoint) {
        page = new Page(endpoint);
    }

    /** The fields, for use inside {@link #change} only. */
    static final class Page {
        final String endpoint;
        Presence presence = Presence.OUTSIDE;
        FocusState focus = FocusState.NOT_SEEN;
        BridgeState bridges = BridgeState.AVAILABLE;
        /** Nickname to real address, where the room shows it; the focus included. */
        final Map<String, String> occupants = new HashMap<>();

        final List<Offer> offers = new ArrayList<>();
        int accepted;
        int replaced;
        Optional<Offer> session = Optional.empty();
        final Map<Long, RemoteSource> remoteSources = new LinkedHashMap<>();
        long sourcesTold;
        final List<LocalSource> localSources = new ArrayList<>();
        final Set<Media> muted = EnumSet.noneOf(Media.class);
        Map<String, String> properties = Map.of();
        int iceGeneration;
        int terminated;
        Role role = Role.PARTICIPANT;
        Optional<String> ended = Optional.empty();
        int focusLeft;
        long requestedNanos;
        final List<String> errors = new ArrayList<>();
        /** The last change of sources that was refused, by session: nothing is wrong where that session was over. */
        final Map<String, String> refusedChanges = new HashMap<>();
        /** When there was first somebody to talk to; 0 before. */
        long companySince;

        private Page(String endpoint) {
            this.endpoint = endpoint;
        }

        void error(String what) {
            if (errors.size() < MAX_ERRORS) {
                errors.add(endpoint + ": " + what);
            }
        }

        private List<String> allErrors() {
            List<String> all = new ArrayList<>(errors);
            session.map(running -> refusedChanges.get(running.sid())).ifPresent(all::add);
            return all;
        }

        private ClientBooks books() {
            Set<String> members = new HashSet<>(occupants.keySet());
            members.remove(ClientEmulator.FOCUS_NICK);
            members.remove(endpoint);
            return new ClientBooks(
                    endpoint,
                    presence,
                    focus,
                    bridges,
                    members,
                    offers,
                    accepted,
                    replaced,
                    session,
                    remoteSources,
                    sourcesTold,
                    localSources,
                    muted,
                    properties,
                    iceGeneration,
                    terminated,
                    role,
                    ended,
                    focusLeft,
                    requestedNanos,
                    allErrors());
        }
    }

    /** Writes. */
    void change(Consumer<Page> how) {
        compute(page -> {
            how.accept(page);
            return page.endpoint;
        });
    }

    /** Writes, and returns something of it. */
    <T> T compute(Function<Page, T> how) {
        lock.lock();
        try {
            T result = how.apply(page);
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    void error(String what) {
        change(page -> page.error(what));
    }

    ClientBooks books() {
        return compute(Page::books);
    }

    /** Waits until that is so; bounded. */
    boolean await(Predicate<ClientBooks> condition, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.test(page.books())) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
