package org.confocal.focus.conference.state;

import java.time.Instant;
import org.confocal.focus.conference.TimerKey;

/** A timer that was started and has not fired: whoever continues with this state starts it again. */
public record RunningTimer(TimerKey key, Instant due) {}
