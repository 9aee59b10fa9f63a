package org.confocal.xmpp.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.confocal.focus.journal.Journal;
import org.junit.jupiter.api.Test;

class StreamLossTest {
    private final StreamLoss loss = new StreamLoss();

    /** A journal that is this process' as far as it knows. */
    private record Known(boolean certain) implements Journal {
        @Override
        public void change(Runnable change) {
            change.run();
        }

        @Override
        public void put(String key, Supplier<byte[]> value) {}

        @Override
        public void remove(String key) {}

        @Override
        public void whenKept(Runnable then) {
            then.run();
        }

        @Override
        public SortedMap<String, byte[]> inherited() {
            return Collections.unmodifiableSortedMap(new TreeMap<>());
        }

        @Override
        public boolean owned() {
            return true;
        }
    }

    @Test
    void aFirstConnectionIsNeverTooEarly() {
        assertThat(loss.tooEarly(new Known(false))).isFalse();
    }

    @Test
    void whoseStreamItIsForCertainConnectsAtOnce() {
        loss.lost(true);
        assertThat(loss.tooEarly(new Known(true))).isFalse();
        loss.lost(false);
        assertThat(loss.tooEarly(new Known(true))).isFalse();
    }

    @Test
    void whoWasReplacedWaitsUntilItIsCertain() {
        loss.lost(true);
        assertThat(loss.tooEarly(new Known(false))).isTrue();
        loss.over();
        assertThat(loss.tooEarly(new Known(false))).isFalse();
    }

    @Test
    void aStreamThatWasOnlyLostIsHeldBackForAMomentOnly() {
        loss.lost(false);
        assertThat(loss.tooEarly(new Known(false))).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> !loss.tooEarly(new Known(false)));
    }
}
