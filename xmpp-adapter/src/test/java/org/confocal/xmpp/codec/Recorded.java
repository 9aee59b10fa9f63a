package org.confocal.xmpp.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaLimits;
import org.confocal.xmpp.stream.StanzaReader;
import org.confocal.xmpp.stream.StanzaReading;
import org.confocal.xmpp.stream.StreamEvent;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.StreamViolation;
import org.jivesoftware.smack.packet.Stanza;

/** Recorded stanzas of {@code src/test/resources/transcripts}, one a file: letter of the run, number in it, what it is. */
public final class Recorded {
    private static final String STREAM =
            "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='s'>";

    static {
        SmackSettings.apply();
    }

    private Recorded() {}

    public static String text(String name) {
        try (InputStream in = Recorded.class.getResourceAsStream("/transcripts/" + name + ".xml")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    public static <T extends Stanza> T read(String name, Class<T> type) {
        return parse(text(name), type);
    }

    /** The stanza as it arrives over a stream. */
    public static <T extends Stanza> T parse(String xml, Class<T> type) {
        return switch (reading(xml)) {
            case StanzaReading.Parsed parsed -> type.cast(parsed.stanza());
            case StanzaReading.Unparsable unparsable -> throw new IllegalStateException(unparsable.reason() + xml);
        };
    }

    /** What a stream makes of the stanza. */
    public static StanzaReading reading(String xml) {
        List<StanzaReading> readings = new ArrayList<>();
        try {
            new StreamParser(StanzaLimits.DEFAULT, StreamParser.CLIENT_NAMESPACE)
                    .feed((STREAM + xml).getBytes(StandardCharsets.UTF_8), event -> {
                        if (event instanceof StreamEvent.Received received) {
                            readings.add(StanzaReader.read(received.element()));
                        }
                    });
        } catch (StreamViolation e) {
            throw new IllegalStateException(xml, e);
        }
        return readings.get(0);
    }
}
