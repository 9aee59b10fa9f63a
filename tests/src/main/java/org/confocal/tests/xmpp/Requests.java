package org.confocal.tests.xmpp;

import java.util.Set;

/**
 * What became of the IQ requests of one stream. Those that are neither answered nor unanswered are open, or the stream ended
 * before they were either.
 *
 * @param answered once, by whomever
 * @param bounced of those: refused by a server, as whom they were for was not there
 * @param unanswered their time was over
 * @param doubled answers to requests that had been answered before
 */
public record Requests(long asked, long answered, long bounced, long unanswered, long doubled) {
    /** Nothing has been asked. */
    public static final Requests NONE = new Requests(0, 0, 0, 0, 0);

    private static final Set<String> NOBODY_THERE =
            Set.of("service-unavailable", "remote-server-not-found", "remote-server-timeout", "recipient-unavailable");

    /** Both together. */
    public Requests plus(Requests other) {
        return new Requests(
                asked + other.asked,
                answered + other.answered,
                bounced + other.bounced,
                unanswered + other.unanswered,
                doubled + other.doubled);
    }

    /** How many are open; only for a stream that has not ended. */
    public long open() {
        return asked - answered - unanswered;
    }

    Requests withAsked() {
        return new Requests(asked + 1, answered, bounced, unanswered, doubled);
    }

    Requests withAnswer(Element answer) {
        boolean nobody =
                Stanzas.condition(answer).filter(NOBODY_THERE::contains).isPresent();
        return new Requests(asked, answered + 1, nobody ? bounced + 1 : bounced, unanswered, doubled);
    }

    Requests withUnanswered() {
        return new Requests(asked, answered, bounced, unanswered + 1, doubled);
    }

    Requests withDoubled() {
        return new Requests(asked, answered, bounced, unanswered, doubled + 1);
    }
}
