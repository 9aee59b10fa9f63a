package org.confocal.tests.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.confocal.focus.journal.Journal;
import org.confocal.xmpp.exchange.StreamLedger;
import org.confocal.xmpp.exchange.StreamLedger.Terms;

/**
 * A counted stream between Prosody and the focus (XEP-0198), Prosody's end of it: what is for the focus is kept until it is
 * acknowledged, comes again to a process that resumes the stream, and goes back where nobody does. The other end is the real
 * {@link StreamLedger} of each process.
 */
final class SimStream {
    private final String name;
    private final Chaos chaos;

    /** What is on its way from the focus, by the texts that stand for it. */
    private final Map<String, Runnable> letters = new HashMap<>();

    private final Deque<Stanza> unacknowledged = new ArrayDeque<>();
    private Optional<End> focus = Optional.empty();
    private boolean open;
    private boolean known;
    private int id;
    private long acknowledged;
    private long got;
    private long written;

    private record Stanza(Consumer<SimPorts> handling, Runnable bounce) {}

    SimStream(String name, Chaos chaos) {
        this.name = name;
        this.chaos = chaos;
    }

    /** The end of one process of the focus. */
    final class End implements StreamLedger.Listener {
        private final SimLife life;
        private final Journal journal;
        private final StreamLedger ledger;
        private final SimPorts ports;

        End(SimLife life, Journal journal, SimPorts ports) {
            this.life = life;
            this.journal = journal;
            this.ports = ports;
            ledger = new StreamLedger(name, journal, this);
        }

        /** Sends, with the change that is open. */
        void send(Runnable delivery, Runnable onFailure) {
            life.point();
            String text = "<" + name + ++written + "/>";
            letters.put(text, delivery);
            ledger.send(text, () -> {
                letters.remove(text);
                onFailure.run();
            });
        }

        /** One that no process on this stream has had. */
        long number() {
            return ++written;
        }

        private void write(String text, Runnable onFailure) {
            life.point();
            got++;
            Optional.ofNullable(letters.remove(text))
                    .orElseThrow(() -> new Violation("sent twice on the stream of " + name + ": " + text))
                    .run();
        }

        private void handle(Stanza stanza) {
            life.enter(() -> {
                if (chaos.chance(0.1) && !ledger.acknowledged(got)) {
                    throw new Violation("the focus does not know that it sent " + got);
                }
                ledger.receive(() -> stanza.handling().accept(ports));
            });
        }

        @Override
        public void moreToAcknowledge() {
            if (open && focus.equals(Optional.of(this))) {
                acknowledge(ledger.acknowledgeable());
            }
        }

        @Override
        public void givenUp(String why) {
            throw new Violation("the focus gives the stream of " + name + " up: " + why);
        }
    }

    /** Whether there is a stream, be it that the focus is not there to read it. */
    boolean isOpen() {
        return open;
    }

    private void acknowledge(long count) {
        while (acknowledged < count) {
            if (unacknowledged.isEmpty()) {
                throw new Violation("more is acknowledged on the stream of " + name + " than was sent");
            }
            unacknowledged.removeFirst();
            acknowledged++;
        }
    }

    /** Sends to the focus; {@code bounce} happens where it turns out that nobody is there to read it. */
    void toFocus(Consumer<SimPorts> handling, Runnable bounce) {
        if (!open) {
            bounce.run();
            return;
        }
        Stanza stanza = new Stanza(handling, bounce);
        unacknowledged.add(stanza);
        focus.ifPresent(end -> end.handle(stanza));
    }

    void toFocus(Consumer<SimPorts> handling) {
        toFocus(handling, () -> {});
    }

    /** The process is gone, and the stream waits for the next one. */
    void hold() {
        focus = Optional.empty();
    }

    /** The stream is over; what the focus has not acknowledged goes back. */
    void close() {
        if (open) {
            open = false;
            List<Stanza> lost = new ArrayList<>(unacknowledged);
            unacknowledged.clear();
            focus.ifPresent(end -> end.life.enter(end.ledger::end));
            focus = Optional.empty();
            lost.forEach(stanza -> stanza.bounce().run());
        }
    }

    /** A process opens a fresh stream. */
    void open(End end) {
        close();
        open = true;
        id++;
        acknowledged = 0;
        got = 0;
        focus = Optional.of(end);
        known = false;
        int opened = id;
        Terms terms = new Terms(name + id, "", "focus", Duration.ofSeconds(60));
        end.life.enter(() -> end.journal.change(() -> {
            end.ledger.begin(terms, end::write);
            end.journal.whenKept(() -> known = id == opened);
        }));
    }

    /** Whether the next process is to find this stream in the journal. */
    boolean isResumable() {
        return open && known;
    }

    /** A process wants to go on with the stream that its books have; false where it cannot. */
    boolean resume(End end) {
        boolean[] resumed = new boolean[1];
        end.life.enter(() -> {
            boolean same = end.ledger
                    .terms()
                    .filter(terms -> open && terms.id().equals(name + id))
                    .isPresent();
            long count = end.ledger.resume();
            if (!same || count < acknowledged || count > acknowledged + unacknowledged.size()) {
                return;
            }
            acknowledge(count);
            focus = Optional.of(end);
            resumed[0] = end.ledger.resumed(got, end::write);
        });
        if (!resumed[0]) {
            focus = Optional.empty();
            return false;
        }
        for (Stanza stanza : List.copyOf(unacknowledged)) {
            end.handle(stanza);
        }
        return true;
    }
}
