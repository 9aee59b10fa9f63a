package org.confocal.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.confocal.xmpp.StanzaLimits;
import org.confocal.xmpp.stream.StreamEvent;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.StreamViolation;
import org.confocal.xmpp.stream.XmlElement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server for one component (XEP-0114) that holds its stream, as {@code mod_confocal_hold} does, and hands its stanzas to a
 * {@link Play}. One thread does all of it; it takes a single connection.
 */
public final class Stage implements AutoCloseable {
    /** Whatever the component proves who it is with is believed: nobody else can know the port. */
    public static final String DOMAIN = "focus.rehearsal.invalid";

    /** Where the bridge is. */
    public static final String BREWERY = "jvbbrewery@" + Play.ROOMS;

    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final String NAMESPACE = "jabber:component:accept";
    private static final String HOLD = "urn:confocal:hold:1";
    private static final int ASK_EVERY = 50;

    private final ServerSocket listening;
    private final Duration pause;
    private final Play play;
    private final CountDownLatch over = new CountDownLatch(1);
    private final StringBuilder out = new StringBuilder();
    private boolean counting;
    private long received;
    private long sent;

    private Stage(ServerSocket listening, int rooms, Duration pause) {
        this.listening = listening;
        this.pause = pause;
        this.play = new Play(rooms, this::say);
    }

    /**
     * Opens one, on a free port of the loopback.
     *
     * @param rooms how many are played, one after the other
     * @param pause before each, in which the processor is left to others
     */
    public static Stage open(int rooms, Duration pause) throws IOException {
        ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Stage stage = new Stage(listening, rooms, pause);
        Thread.ofPlatform().name("rehearsal-stage").daemon().start(stage::serve);
        return stage;
    }

    public String host() {
        return listening.getInetAddress().getHostAddress();
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Whether all rooms have been played, or nothing more comes, within that time. */
    public boolean await(Duration atMost) throws InterruptedException {
        return over.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How many rooms were played to their end. */
    public int played() {
        return play.played();
    }

    private void serve() {
        try (Socket socket = listening.accept()) {
            listening.close();
            InputStream in = socket.getInputStream();
            OutputStream back = socket.getOutputStream();
            StreamParser parser = new StreamParser(StanzaLimits.DEFAULT, NAMESPACE);
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                parser.feed(Arrays.copyOf(buffer, read), this::take);
                flush(back);
                if (play.isOver()) {
                    over.countDown();
                } else if (play.waitsForNext()) {
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                    play.next();
                    flush(back);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | StreamViolation e) {
            LOG.debug("The rehearsal has ended", e);
        } finally {
            over.countDown();
        }
    }

    private void flush(OutputStream back) throws IOException {
        back.write(out.toString().getBytes(UTF_8));
        out.setLength(0);
    }

    private void take(StreamEvent event) {
        switch (event) {
            case StreamEvent.Opened opened ->
                out.append("<stream:stream xmlns='" + NAMESPACE + "' xmlns:stream='" + StreamParser.STREAM_NAMESPACE
                        + "' id='stage' from='" + DOMAIN + "'>");
            case StreamEvent.Received received -> take(received.element());
            case StreamEvent.Closed closed -> out.append("</stream:stream>");
        }
    }

    private void take(XmlElement element) {
        if (element.name().equals("handshake")) {
            out.append("<handshake/>");
        } else if (element.namespace().equals(HOLD)) {
            if (element.name().equals("r")) {
                out.append("<a xmlns='" + HOLD + "' h='").append(received).append("'/>");
            }
        } else if (!counting && element.element("enable", HOLD).isPresent()) {
            out.append("<iq type='result' id='")
                    .append(element.attribute("id").orElse(""))
                    .append("' from='" + DOMAIN + "' to='" + DOMAIN + "'><enabled xmlns='" + HOLD
                            + "' id='stage' max='30'/></iq>");
            counting = true;
        } else {
            received++;
            play.take(element);
        }
    }

    private void say(String stanza) {
        out.append(stanza);
        if (++sent % ASK_EVERY == 0) {
            out.append("<r xmlns='" + HOLD + "'/>");
        }
    }

    /** Takes nobody in any more, and lets go who waits for the end. The component that is there ends the stream by closing it. */
    @Override
    public void close() {
        over.countDown();
        try {
            listening.close();
        } catch (IOException e) {
            LOG.debug("Closing the stage", e);
        }
    }
}
