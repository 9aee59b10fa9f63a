package org.confocal.focus.runtime;

import org.confocal.focus.conference.Effect;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.serial.OneLine;
import org.confocal.strategy.RoomId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The log of one conference: every line carries room and meeting id, as MDC keys {@value #ROOM} and {@value #MEETING} and
 * in front. A line is at most {@value #MAX_LINE} characters long, whatever a peer put into it, and it is one line: control
 * characters become dots. Used by the actor's thread only.
 */
final class ConferenceLog {
    static final String ROOM = "room";
    static final String MEETING = "meeting";
    static final int MAX_LINE = 2_000;
    private static final int MAX_REPORT = 20_000;
    private static final int MAX_NAME = 256;
    private static final Logger LOG = LoggerFactory.getLogger("org.confocal.conference");

    private final String room;
    private String meeting = "-";

    ConferenceLog(RoomId room) {
        this.room = OneLine.of(room.value(), MAX_NAME);
    }

    /** From now on with this meeting id. */
    void meeting(MeetingId id) {
        meeting = OneLine.of(id.value(), MAX_NAME);
    }

    void line(Effect.Level level, String line) {
        boolean wanted = switch (level) {
            case DEBUG -> LOG.isDebugEnabled();
            case INFO -> LOG.isInfoEnabled();
            case WARN -> LOG.isWarnEnabled();
        };
        if (!wanted) {
            return;
        }
        String text = front() + OneLine.of(line, MAX_LINE);
        withContext(() -> {
            switch (level) {
                case DEBUG -> LOG.debug("{}", text);
                case INFO -> LOG.info("{}", text);
                case WARN -> LOG.warn("{}", text);
            }
        });
    }

    /** A defect of ours, with what led to it; {@code report} may have several lines. */
    void broken(String report, Throwable cause) {
        String text = front() + report.substring(0, Math.min(report.length(), MAX_REPORT)) + "\n" + Defect.text(cause);
        withContext(() -> LOG.error("{}", text));
    }

    private String front() {
        return room + " " + meeting + ": ";
    }

    private void withContext(Runnable write) {
        MDC.put(ROOM, room);
        MDC.put(MEETING, meeting);
        try {
            write.run();
        } finally {
            MDC.remove(ROOM);
            MDC.remove(MEETING);
        }
    }
}
