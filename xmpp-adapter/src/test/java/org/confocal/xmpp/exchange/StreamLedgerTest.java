package org.confocal.xmpp.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.serial.Receipt;
import org.confocal.xmpp.FakeJournal;
import org.confocal.xmpp.exchange.StreamLedger.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamLedgerTest {

    private static final Terms TERMS = new Terms("id1", "", "focus@example.org/focus", Duration.ofSeconds(60));

    private final FakeJournal journal = new FakeJournal();
    private final Focus focus = new Focus(journal);

    /** One process' view of the stream, with the texts that left on it. */
    private static final class Focus implements StreamLedger.Listener {
        final StreamLedger ledger;
        final List<String> socket = new ArrayList<>();
        final List<String> failed = new ArrayList<>();
        final List<String> handled = new ArrayList<>();
        final List<String> gaveUp = new ArrayList<>();

        Focus(Journal journal) {
            ledger = new StreamLedger("client", journal, this);
        }

        void write(String text, Runnable onFailure) {
            socket.add(text);
        }

        void begin() {
            ledger.begin(TERMS, this::write);
        }

        boolean resumed(long count) {
            socket.clear();
            return ledger.resumed(count, this::write);
        }

        void send(String... texts) {
            for (String text : texts) {
                ledger.send(text, () -> failed.add(text));
            }
        }

        void receive(String... texts) {
            for (String text : texts) {
                ledger.receive(() -> handled.add(text));
            }
        }

        /** Comes in, and is not done with before the answer's release. */
        Receipt receiveSlowly(String text) {
            List<Receipt> held = new ArrayList<>();
            ledger.receive(() -> {
                handled.add(text);
                held.add(Receipt.current().retain());
            });
            return held.getFirst();
        }

        @Override
        public void moreToAcknowledge() {}

        @Override
        public void givenUp(String why) {
            gaveUp.add(why);
        }
    }

    @Test
    void aStanzaLeavesWhenItAndAllBeforeItAreKept() {
        focus.begin();
        journal.pause();
        journal.change(() -> {
            focus.send("<a/>");
            // Another thread's change, begun later and over sooner.
            Thread other = Thread.ofPlatform().start(() -> focus.send("<b/>"));
            join(other);
        });
        assertThat(focus.socket).isEmpty();
        journal.keep(1); // of the other thread
        assertThat(journal.kept()).containsKey("stream/client/out/0000000000000002");
        assertThat(focus.socket).isEmpty();
        journal.keep(1);
        assertThat(focus.socket).containsExactly("<a/>", "<b/>");
    }

    @Test
    void aSuccessorSendsWhatTheServerLacksAndGoesOnCounting() {
        focus.begin();
        focus.send("<a/>", "<b/>", "<c/>");
        assertThat(focus.ledger.acknowledged(1)).isTrue();
        focus.receive("<x/>", "<y/>");

        Focus successor = new Focus(journal.successor());
        assertThat(successor.ledger.terms()).contains(TERMS);
        assertThat(successor.ledger.resume()).isEqualTo(2);
        successor.send("<d/>"); // before the stream is there
        assertThat(successor.resumed(2)).isTrue();
        assertThat(successor.socket).containsExactly("<c/>", "<d/>");
        assertThat(successor.ledger.acknowledged(4)).isTrue();
        assertThat(successor.ledger.unacknowledged()).isZero();
        successor.receive("<z/>");
        assertThat(successor.ledger.acknowledgeable()).isEqualTo(3);
    }

    @Test
    void whatWasNotKeptNeverLeftAndLeavesNoGap() {
        focus.begin();
        focus.send("<a/>");
        journal.pause();
        journal.change(() -> {
            focus.send("<lost/>");
            join(Thread.ofPlatform().start(() -> focus.send("<c/>")));
        });
        journal.keep(1);

        FakeJournal second = journal.successor();
        Focus successor = new Focus(second);
        successor.send("<d/>");
        assertThat(successor.resumed(1)).isTrue();
        assertThat(successor.socket).containsExactly("<c/>", "<d/>");
        assertThat(successor.ledger.acknowledged(2)).isTrue();

        Focus third = new Focus(second.successor());
        assertThat(third.resumed(2)).isTrue();
        assertThat(third.socket).containsExactly("<d/>");
    }

    @Test
    void aStanzaIsAcknowledgedWhenItAndThoseBeforeItAreDoneWithAndKept() {
        focus.begin();
        Receipt first = focus.receiveSlowly("<x/>");
        focus.receive("<y/>");
        assertThat(focus.ledger.acknowledgeable()).isZero();
        journal.pause();
        first.release();
        assertThat(focus.ledger.acknowledgeable()).isZero();
        journal.resume();
        assertThat(focus.ledger.acknowledgeable()).isEqualTo(2);
    }

    @Test
    void manyThatAreSettledWhileOneRecordIsWrittenAreOneRecord() {
        focus.begin();
        journal.pause();
        IntStream.range(0, 100).forEach(i -> focus.receive("<x/>"));
        journal.keep(1);
        assertThat(focus.ledger.acknowledgeable()).isEqualTo(1);
        journal.keep(1);
        assertThat(focus.ledger.acknowledgeable()).isEqualTo(100);
    }

    @Test
    void allThatCameInIsSettledBeforeAStreamIsHandedOver() {
        focus.begin();
        List<String> told = new ArrayList<>();
        Receipt slow = focus.receiveSlowly("<x/>");
        focus.ledger.whenSettled(() -> told.add("settled"));
        journal.pause();
        slow.release();
        assertThat(told).isEmpty();
        journal.resume();
        assertThat(told).containsExactly("settled");
    }

    @Test
    void onlyWhoSendsOrHandsOverHurriesTheJournal() {
        focus.begin();
        focus.receive("<x/>");
        Receipt slow = focus.receiveSlowly("<y/>");
        assertThat(journal.hurries()).isZero();
        focus.send("<a/>");
        assertThat(journal.hurries()).isEqualTo(1);
        focus.ledger.acknowledged(1);
        assertThat(journal.hurries()).isEqualTo(1);
        focus.ledger.whenSettled(() -> {});
        assertThat(journal.hurries()).as("for what is on its way already").isEqualTo(2);
        slow.release();
        assertThat(journal.hurries()).as("for what comes later").isEqualTo(3);
    }

    @Test
    void whatIsAtWorkWhenTheStreamIsResumedInTheSameProcessIsNotTakenTwice() {
        focus.begin();
        focus.receive("<x/>");
        focus.receiveSlowly("<y/>");
        focus.receive("<z/>");
        focus.ledger.interrupt();
        assertThat(focus.ledger.resume()).isEqualTo(1);
        assertThat(focus.resumed(0)).isTrue();
        focus.receive("<y/>", "<z/>", "<new/>");
        assertThat(focus.handled).containsExactly("<x/>", "<y/>", "<z/>", "<new/>");
    }

    @Test
    void whatIsSentWhileTheConnectionIsGoneWaits() {
        focus.begin();
        focus.send("<a/>");
        focus.ledger.interrupt();
        focus.send("<b/>");
        assertThat(focus.socket).containsExactly("<a/>");
        assertThat(focus.resumed(0)).isTrue();
        assertThat(focus.socket).containsExactly("<a/>", "<b/>");
    }

    @Test
    void aFreshStreamBeginsWithNothing() {
        focus.begin();
        focus.send("<a/>");
        focus.receive("<x/>");
        focus.ledger.interrupt();
        focus.send("<b/>");
        focus.begin();
        assertThat(focus.failed).containsExactly("<b/>");
        focus.send("<c/>");
        assertThat(focus.ledger.acknowledged(1)).isTrue();
        assertThat(focus.ledger.unacknowledged()).isZero();
        assertThat(focus.ledger.acknowledgeable()).isZero();

        Focus successor = new Focus(journal.successor());
        assertThat(successor.ledger.resume()).isZero();
        assertThat(successor.resumed(1)).isTrue();
        assertThat(successor.socket).isEmpty();
    }

    @Test
    void whatALateChangeLeavesOfAnOlderStreamIsNotSent() {
        focus.begin();
        focus.send("<old/>");
        byte[] late = "<late/>".getBytes(StandardCharsets.UTF_8);
        focus.begin();
        focus.send("<new/>");
        TreeMap<String, byte[]> records = new TreeMap<>(journal.kept());
        records.put("stream/client/out/0000000000000001", late);
        Focus successor = new Focus(new FakeJournal(records));
        assertThat(successor.resumed(0)).isTrue();
        assertThat(successor.socket).containsExactly("<new/>");
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,true", "3,true", "4,false", "4294967295,false"})
    void anAcknowledgementIsOfWhatWasSentAndNotYetAcknowledged(long count, boolean possible) {
        focus.begin();
        focus.send("<a/>", "<b/>", "<c/>");
        assertThat(focus.ledger.acknowledged(1)).isTrue();
        assertThat(focus.ledger.acknowledged(count)).isEqualTo(possible);
    }

    @Test
    void countsWrapAtTwoToThe32() {
        long most = 0xFFFF_FFFFL;
        TreeMap<String, byte[]> records = new TreeMap<>();
        records.put("stream/client/id", LedgerRecords.opening(new LedgerRecords.Opening(TERMS, 0, 0)));
        records.put("stream/client/in", LedgerRecords.number(most));
        records.put("stream/client/acked", LedgerRecords.number(most - 1));
        Focus late = new Focus(new FakeJournal(records));
        assertThat(late.ledger.resume()).isEqualTo(most);
        assertThat(late.resumed(most - 1)).isTrue();
        late.send("<a/>", "<b/>", "<c/>");
        assertThat(late.ledger.acknowledged(0)).isTrue();
        assertThat(late.ledger.unacknowledged()).isEqualTo(1);
        late.receive("<x/>", "<y/>");
        assertThat(late.ledger.acknowledgeable()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "id,02",
        "id,01",
        "in,00",
        "in,missing",
        "acked,missing",
        "out/0000000000000001,ff",
        "out/0000000000000001,3c61"
    })
    void aStreamWhoseRecordsAreGarbledIsNotResumed(String key, String bytes) {
        focus.begin();
        focus.send("<a/>");
        TreeMap<String, byte[]> records = new TreeMap<>(journal.kept());
        if (bytes.equals("missing")) {
            records.remove("stream/client/" + key);
        } else {
            records.put("stream/client/" + key, HexFormat.of().parseHex(bytes));
        }
        FakeJournal garbled = new FakeJournal(records);
        Focus successor = new Focus(garbled);
        assertThat(successor.ledger.terms()).isEmpty();
        successor.send("<b/>");
        assertThat(successor.failed).containsExactly("<b/>");
        successor.begin();
        assertThat(successor.socket).isEmpty();
        assertThat(garbled.kept()).containsOnlyKeys("stream/client/id", "stream/client/in", "stream/client/acked");
    }

    @Test
    void aStreamThatCannotBeResumedLeavesNothingInTheJournal() {
        focus.ledger.beginUncounted(focus::write);
        focus.send("<a/>");
        focus.receive("<x/>");
        assertThat(focus.socket).containsExactly("<a/>");
        assertThat(focus.ledger.unacknowledged()).isZero();
        assertThat(journal.kept()).isEmpty();
        focus.ledger.interrupt();
        focus.send("<b/>");
        assertThat(focus.failed).containsExactly("<b/>");
    }

    @Test
    void tooMuchThatIsUnacknowledgedEndsTheStream() {
        focus.begin();
        IntStream.range(0, StreamLedger.MAX_OUT).forEach(i -> focus.send("<a/>"));
        assertThat(focus.gaveUp).isEmpty();
        focus.send("<b/>");
        assertThat(focus.gaveUp).hasSize(1);
        assertThat(focus.failed).containsExactly("<b/>");
        assertThat(focus.ledger.terms()).isEmpty();
        assertThat(journal.kept()).isEmpty();
    }

    @Test
    void oneThatIsNeverSettledDoesNotHoldUpAcknowledgementsForEver() {
        focus.begin();
        focus.receiveSlowly("<stuck/>");
        IntStream.range(0, StreamLedger.MAX_IN).forEach(i -> focus.receive("<x/>"));
        assertThat(focus.ledger.acknowledgeable()).isEqualTo(StreamLedger.MAX_IN + 1);
    }

    @Test
    void withoutAJournalItCountsAllTheSame() {
        Focus alone = new Focus(Journal.NONE);
        alone.begin();
        alone.send("<a/>", "<b/>");
        assertThat(alone.socket).containsExactly("<a/>", "<b/>");
        alone.receive("<x/>");
        assertThat(alone.ledger.acknowledgeable()).isEqualTo(1);
        alone.ledger.interrupt();
        assertThat(alone.resumed(1)).isTrue();
        assertThat(alone.socket).containsExactly("<b/>");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
