package org.confocal.health;

/** How the focus is. */
public sealed interface HealthAnswer {

    /** The HTTP status that says so (spec/06, section 10). */
    int status();

    /** A sentence for a person. */
    String message();

    /** It can serve a conference. */
    record Healthy() implements HealthAnswer {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public String message() {
            return "OK";
        }
    }

    /** It cannot serve one, and is at work on it itself: send people elsewhere for a while. */
    record Soft(String message) implements HealthAnswer {
        @Override
        public int status() {
            return 503;
        }
    }

    /** It cannot serve one, and nothing that it does will change that. */
    record Hard(String message) implements HealthAnswer {
        @Override
        public int status() {
            return 500;
        }
    }
}
