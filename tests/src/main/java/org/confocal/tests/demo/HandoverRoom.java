package org.confocal.tests.demo;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.demo.HandoverPerson.State;
import org.confocal.tests.demo.TrafficPlan.Act;
import org.confocal.tests.prosody.ProsodyConfig;

/** A room whose people come and go. May be used by any thread. */
final class HandoverRoom {
    private final String name;
    private final ProsodyConfig prosody;
    private final HandoverLedger ledger;
    private final List<HandoverPerson> people = new CopyOnWriteArrayList<>();
    private final AtomicBoolean held = new AtomicBoolean();
    private final AtomicInteger begun = new AtomicInteger();
    /** Guards the two below; nothing waits under it. */
    private final ReentrantLock drawing = new ReentrantLock();

    private final SplittableRandom random;
    private int joined;

    HandoverRoom(String name, ProsodyConfig prosody, HandoverLedger ledger, SplittableRandom random) {
        this.name = name;
        this.prosody = prosody;
        this.ledger = ledger;
        this.random = random;
    }

    String name() {
        return name;
    }

    /** From now on nothing begins in it. */
    void hold() {
        held.set(true);
    }

    void release() {
        held.set(false);
    }

    TrafficPlan.Room view() {
        if (held.get()) {
            return TrafficPlan.Room.HELD;
        }
        int idle = 0;
        int sharing = 0;
        int size = 0;
        for (HandoverPerson person : people) {
            State state = person.state();
            size += state == State.GONE ? 0 : 1;
            idle += state == State.IDLE ? 1 : 0;
            sharing += state == State.IDLE && person.isSharing() ? 1 : 0;
        }
        return new TrafficPlan.Room(size, idle, sharing);
    }

    /** Whether nobody is on the way, does anything or waits for an answer. */
    boolean isQuiet() {
        return begun.get() == 0
                && people.stream().allMatch(person -> person.state() == State.IDLE || person.state() == State.GONE);
    }

    /** Those who are in it, with or without a session. */
    List<ClientEmulator> clients() {
        return idle(person -> true).stream()
                .flatMap(person -> person.client().stream())
                .toList();
    }

    private List<HandoverPerson> idle(Predicate<HandoverPerson> which) {
        return people.stream()
                .filter(person -> person.state() == State.IDLE && which.test(person))
                .toList();
    }

    /** @return what is still to be done, on another thread; nothing where meanwhile nobody is left who could */
    Optional<Runnable> begin(Act act) {
        begun.incrementAndGet();
        // In this order, and in the other one in isQuiet: what begins in spite of a hold is seen there.
        Optional<Runnable> work = held.get() ? Optional.empty() : work(act);
        if (work.isEmpty()) {
            begun.decrementAndGet();
        }
        return work.map(each -> () -> {
            try {
                each.run();
            } finally {
                begun.decrementAndGet();
            }
        });
    }

    private Optional<Runnable> work(Act act) {
        drawing.lock();
        try {
            return drawn(act);
        } finally {
            drawing.unlock();
        }
    }

    private Optional<Runnable> drawn(Act act) {
        return switch (act) {
            case JOIN -> Optional.of(newcomer());
            case LEAVE -> drawn(person -> true).map(person -> () -> leave(person));
            case SHARE -> drawn(person -> !person.isSharing()).map(person -> person::share);
            case UNSHARE -> drawn(HandoverPerson::isSharing).map(person -> person::unshare);
            case CAMERA -> drawn(person -> true).map(person -> person::camera);
        };
    }

    private Optional<HandoverPerson> drawn(Predicate<HandoverPerson> which) {
        List<HandoverPerson> some = idle(which);
        return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
    }

    private Runnable newcomer() {
        ClientKind[] kinds = ClientKind.values();
        ClientConfig config = ClientConfig.of(prosody, name, kinds[joined++ % kinds.length])
                .with(HandoverRun.PATIENCE, HandoverRun.BACK_OFF);
        HandoverPerson person = new HandoverPerson(config, random.split());
        people.add(person);
        return () -> {
            person.join();
            if (person.state() == State.GONE) {
                forget(person);
            }
        };
    }

    private void leave(HandoverPerson person) {
        person.leave();
        forget(person);
    }

    private void forget(HandoverPerson person) {
        if (people.remove(person)) {
            ledger.gone(person.life());
        }
    }

    /** Makes those leave of whom that is so, as they would reload. @return how many */
    int evict(Predicate<ClientEmulator> which) {
        List<HandoverPerson> some = idle(person -> person.client().filter(which).isPresent());
        some.forEach(this::leave);
        return some.size();
    }

    /** Everybody goes. */
    void empty() {
        people.forEach(this::leave);
    }

    /** What those have seen who are in it. */
    List<HandoverLedger.Life> lives() {
        return people.stream().map(HandoverPerson::life).toList();
    }
}
