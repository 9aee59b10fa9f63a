package org.confocal.tests.bridge;

import java.time.Duration;
import java.util.Optional;

/** How a bridge misbehaves towards requests. */
public sealed interface BridgeFault {

    /** Not at all. */
    record None() implements BridgeFault {}

    /** Neither colibri2 requests nor health checks are looked at or answered; presence goes on. */
    record Hang() implements BridgeFault {}

    /** Requests are carried out, but the answers get lost. */
    record LoseAnswers() implements BridgeFault {}

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
