package org.confocal.focus.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReceiptTest {
    private final AtomicInteger settled = new AtomicInteger();

    @Test
    void whatBringsNothingAboutIsSettledAtOnce() {
        Receipt.handle(7, () -> {}, settled::incrementAndGet);

        assertThat(settled).hasValue(1);
    }

    @Test
    void whatThrowsIsSettledAllTheSame() {
        assertThatThrownBy(() -> Receipt.handle(
                        7,
                        () -> {
                            throw new IllegalStateException("a defect");
                        },
                        settled::incrementAndGet))
                .isInstanceOf(IllegalStateException.class);

        assertThat(settled).hasValue(1);
        assertThat(Receipt.current()).isSameAs(Receipt.NONE);
    }

    @Test
    void isHeldByAMailboxAndByTheMailboxesBehindIt() {
        Queue<Runnable> pool = new ArrayDeque<>();
        List<String> seen = new ArrayList<>();
        SerialMailbox<String> second = new SerialMailbox<>(pool::add, 10, 10, element -> {
            seen.add(element + " while " + settled.get() + " settled");
        });
        SerialMailbox<String> first = new SerialMailbox<>(pool::add, 10, 10, element -> second.offer(element + "!"));

        Receipt.handle(7, () -> first.offer("a"), settled::incrementAndGet);
        first.offer("of nobody's");
        assertThat(settled).hasValue(0);
        while (!pool.isEmpty()) {
            pool.remove().run();
        }

        assertThat(seen).containsExactly("a! while 0 settled", "of nobody's! while 1 settled");
        assertThat(settled).hasValue(1);
    }

    @Test
    void anElementThatIsRefusedHoldsNothing() {
        SerialMailbox<String> full = new SerialMailbox<>(task -> {}, 1, 1, element -> {});
        full.offer("first");

        Receipt.handle(7, () -> full.offer("second"), settled::incrementAndGet);

        assertThat(settled).hasValue(1);
    }
}
