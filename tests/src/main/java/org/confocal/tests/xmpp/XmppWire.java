package org.confocal.tests.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A socket with an XML stream each way. During login it is used by one thread; {@link #run} then starts a reader and a
 * writer. Nothing that is read is ever lost at a stream restart: the server is silent until it sees the new header.
 */
final class XmppWire {
    static final int MAX_QUEUED = 20_000;
    static final int KEEPALIVE_SECONDS = 20;
    private static final String END = "</stream:stream>";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>(MAX_QUEUED);

    @Nullable
    private XMLStreamReader reader;

    private XmppWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    static XmppWire open(String host, int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            return new XmppWire(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a stream header and reads the server's. */
    void startStream(String domain) throws IOException {
        write("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='" + Ns.STREAMS + "' to='"
                + domain + "' version='1.0'>");
        try {
            reader = XmlText.factory().createXMLStreamReader(in, "UTF-8");
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // The XML declaration.
            }
        } catch (XMLStreamException e) {
            throw new IOException("no stream from the server: " + e.getMessage(), e);
        }
    }

    /** Writes at once. Only before {@link #run}. */
    void write(String xml) throws IOException {
        out.write(xml.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The next element of the stream; waits for it. */
    Element read() throws IOException {
        XMLStreamReader current = reader;
        if (current == null) {
            throw new IOException("no stream was started");
        }
        try {
            while (true) {
                int event = current.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    return XmlText.read(current);
                }
                if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
                    throw new IOException("the server ended the stream");
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("stream broken: " + e.getMessage(), e);
        }
    }

    /** Starts both threads. {@code onEnd} is called when reading stops, with the reason. */
    void run(Consumer<Element> onStanza, Consumer<String> onEnd) throws IOException {
        socket.setSoTimeout(0);
        Thread.ofVirtual().name("xmpp-write").start(this::writeLoop);
        Thread.ofVirtual().name("xmpp-read").start(() -> readLoop(onStanza, onEnd));
    }

    private void readLoop(Consumer<Element> onStanza, Consumer<String> onEnd) {
        String reason = "closed";
        try {
            while (true) {
                Element stanza = read();
                if (stanza.is("error", Ns.STREAMS)) {
                    reason = "stream error " + stanza.toXml();
                    break;
                }
                onStanza.accept(stanza);
            }
        } catch (IOException e) {
            reason = String.valueOf(e.getMessage());
        } finally {
            drop();
            onEnd.accept(reason);
        }
    }

    private void writeLoop() {
        try {
            List<String> batch = new ArrayList<>();
            while (!socket.isClosed()) {
                String first = queue.poll(KEEPALIVE_SECONDS, TimeUnit.SECONDS);
                if (first == null) {
                    write(" ");
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, 100);
                write(String.join("", batch));
                if (batch.contains(END)) {
                    socket.shutdownOutput();
                    return;
                }
                batch.clear();
            }
        } catch (IOException e) {
            drop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drop();
        }
    }

    void send(String xml) {
        if (!socket.isClosed() && !queue.offer(xml)) {
            drop();
        }
    }

    void end() {
        send(END);
    }

    void drop() {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is what was wanted, and a socket that fails to close is closed.
        }
        // Wakes the writer, which then sees that the socket is closed.
        queue.offer("");
    }
}
