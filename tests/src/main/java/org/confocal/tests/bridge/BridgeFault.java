package org.confocal.tests.bridge;

import java.time.Duration;
import java.util.Optional;

/** How a bridge misbehaves towards requests. */
public sealed interface BridgeFault {

    /** Not at all. */
    record None() implements BridgeFault {}

    /**
     * Neither colibri2 requests nor health checks are looked at or answered; presence goes on. This is also what a bridge
     * looks like to which nothing gets through any more.
     */
    record Hang() implements BridgeFault {}

    /** Requests are carried out, but the answers get lost. */
    record LoseAnswers() implements BridgeFault {}

    /** Nothing that it says gets through: everything is carried out, neither answers nor presence are seen. */
    record Silence() implements BridgeFault {}

    /** Colibri2 requests are carried out and answered with nonsense. */
    record Nonsense(Kind kind) implements BridgeFault {
        /** What is wrong with the answers. */
        public enum Kind {
            /** A result with nothing in it. */
            EMPTY,
            /** A result that is about something else. */
            OTHER_NAMESPACE,
            /** Endpoints and relays as asked for, without transports. */
            NO_TRANSPORT
        }
    }

    /** Requests are carried out at once and answered that much later. */
    record Late(Duration by) implements BridgeFault {}

    /**
     * Every colibri2 request is refused with this error, without a look at it.
     *
     * @param condition of RFC 6120, 8.3.3
     * @param reason of colibri2 (spec/04, 4)
     */
    record Refuse(String condition, Optional<String> reason) implements BridgeFault {}
}
