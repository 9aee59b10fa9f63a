package org.confocal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** What log collectors of Jicofo sites take apart, and what those get who want JSON. */
class LogFormatTest {
    private static final StackTraceElement CALLER =
            new StackTraceElement("org.confocal.focus.runtime.ConferenceLog", "line", "ConferenceLog.java", 42);

    private static String line(String format, Level level) throws JoranException {
        LoggerContext context = new LoggerContext();
        context.putProperty("CONFOCAL_LOG", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
        LoggingEvent event = new LoggingEvent(
                "",
                context.getLogger("org.confocal.focus.runtime.ConferenceLog"),
                level,
                "A says {}",
                null,
                new Object[] {"hello"});
        event.setInstant(Instant.parse("2026-03-01T12:00:00.123Z"));
        event.setThreadName("focus-1");
        event.setCallerData(new StackTraceElement[] {CALLER});
        event.setMDCPropertyMap(Map.of("room", "standup@muc.example.org", "meeting", "m-1"));
        String line = new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
        context.stop();
        return line;
    }

    @Test
    void aLineIsJicofos() throws JoranException {
        assertThat(line("jicofo", Level.WARN))
                .matches(
                        "Jicofo 2026-03-01 \\d\\d:\\d\\d:00\\.123 WARNING: \\[focus-1\\] "
                                + "\\[room=standup@muc\\.example\\.org meeting_id=m-1\\] ConferenceLog\\.line#42: A says hello\\R");
        assertThat(line("jicofo", Level.INFO)).contains(" INFO: ");
        assertThat(line("jicofo", Level.ERROR)).contains(" SEVERE: ");
    }

    @Test
    void jsonIsOneObjectALineWithRoomAndMeeting() throws JoranException {
        assertThat(line("json", Level.WARN))
                .startsWith("{")
                .endsWith("}\n")
                .contains("\"level\":\"WARN\"")
                .contains("\"formattedMessage\":\"A says hello\"")
                .contains("\"room\":\"standup@muc.example.org\"")
                .contains("\"meeting\":\"m-1\"");
    }
}
