package org.confocal.focus.runtime;

import org.confocal.focus.serial.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * An exception as text of bounded length: the message of a broken step can quote whatever a peer sent, and a deep recursion
 * has thousands of frames.
 */
final class Defect {
    private static final int MAX_CAUSES = 3;
    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_FRAMES = 24;

    private Defect() {}

    static String text(Throwable defect) {
        StringBuilder text = new StringBuilder();
        @Nullable Throwable cause = defect;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            text.append(i == 0 ? "" : "\ncaused by ")
                    .append(cause.getClass().getName())
                    .append(": ")
                    .append(OneLine.of(String.valueOf(cause.getMessage()), MAX_MESSAGE));
            StackTraceElement[] frames = cause.getStackTrace();
            for (int f = 0; f < Math.min(frames.length, MAX_FRAMES); f++) {
                text.append("\n    at ").append(frames[f]);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }
}
