package org.confocal.tests.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.client.LocalSource;

/** Whether people in a room are one conference: everybody has a session and knows whom it should. Stateless. */
final class Settlement {
    private Settlement() {}

    /** A point in time, by the clock that never goes back. */
    record Deadline(long nanos) {
        static Deadline in(Duration patience) {
            return new Deadline(System.nanoTime() + patience.toNanos());
        }

        /** How long until then; zero afterwards. */
        Duration left() {
            return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
        }
    }

    /**
     * Waits until they are.
     *
     * @param patience for all of them together
     * @return a sentence for each who is not
     */
    static List<String> await(List<ClientEmulator> people, String when, Duration patience) {
        List<String> wrong = new ArrayList<>();
        Deadline deadline = Deadline.in(patience);
        for (ClientEmulator client : people) {
            Set<Long> expected = expected(client, people, deadline.left());
            boolean settled = client.await(
                    books -> books.session().isPresent()
                            && books.accepted() == books.offers().size()
                            && books.knownSsrcs().equals(expected),
                    deadline.left());
            if (!settled) {
                ClientBooks books = client.books();
                wrong.add(
                        when + " " + client.endpoint() + " (" + client.config().kind() + ") has "
                                + books.session().map(offer -> "a session").orElse("no session") + ", "
                                + books.accepted() + " of " + books.offers().size() + " accepted, knows "
                                + books.knownSsrcs().size() + " of " + expected.size() + " SSRCs");
            }
        }
        return wrong;
    }

    /** The SSRCs that this one of the people should know. */
    static Set<Long> expected(ClientEmulator client, List<ClientEmulator> people, Duration patience) {
        Set<Long> ssrcs = new HashSet<>();
        if (client.config().kind() != ClientKind.REWRITING) {
            people.stream().filter(other -> other != client).forEach(other -> {
                other.await(books -> books.accepted() >= 1, patience);
                other.books().localSources().stream()
                        .map(LocalSource::strippedSsrcs)
                        .forEach(ssrcs::addAll);
            });
        }
        return ssrcs;
    }
}
