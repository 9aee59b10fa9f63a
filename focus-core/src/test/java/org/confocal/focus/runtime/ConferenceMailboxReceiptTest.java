package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.serial.Receipt;
import org.junit.jupiter.api.Test;

/** A presence that took another's place is not done with before it has been handled. */
class ConferenceMailboxReceiptTest {
    @Test
    void aPresenceThatTakesAnothersPlaceHoldsItsReceiptUntilItIsHandled() {
        Queue<Runnable> pool = new ArrayDeque<>();
        List<String> settled = new ArrayList<>();
        ConferenceMailbox mailbox = new ConferenceMailbox(pool::add, 1, new LongAdder(), mail -> {});
        mailbox.put(Inputs.present("full", MemberRole.PARTICIPANT));

        Receipt.handle(7, () -> mailbox.put(Inputs.present("abc", MemberRole.PARTICIPANT)), () -> settled.add("first"));
        Receipt.handle(
                7, () -> mailbox.put(Inputs.present("abc", MemberRole.PARTICIPANT)), () -> settled.add("second"));
        assertThat(settled).isEmpty();
        while (!pool.isEmpty()) {
            pool.remove().run();
        }

        assertThat(settled).containsExactlyInAnyOrder("first", "second");
    }
}
