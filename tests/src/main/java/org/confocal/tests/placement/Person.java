package org.confocal.tests.placement;

/**
 * Somebody who takes part in a meeting.
 *
 * @param joinMs milliseconds since the run began
 * @param leaveMs later than that
 * @param metro where, by {@link Geography}
 * @param video whether the camera is on, all the time
 * @param audio whether the microphone is on
 */
record Person(int joinMs, int leaveMs, int metro, boolean video, boolean audio) {
    Person {
        if (leaveMs <= joinMs) {
            throw new IllegalArgumentException("leaves at " + leaveMs + ", joins at " + joinMs);
        }
    }
}
