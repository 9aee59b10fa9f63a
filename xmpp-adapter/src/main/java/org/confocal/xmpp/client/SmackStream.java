package org.confocal.xmpp.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import org.confocal.xmpp.stream.StanzaReader;
import org.confocal.xmpp.stream.StanzaReading;
import org.confocal.xmpp.stream.StreamViolation;
import org.confocal.xmpp.stream.XmlElement;
import org.confocal.xmpp.stream.XmlRecorder;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.roster.packet.RosterPacket;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.util.TLSUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jivesoftware.smackx.caps.EntityCapsManager;
import org.jivesoftware.smackx.ping.PingManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Smack's connection, reduced to what a focus wants of it: TLS, SASL, resource, stream management. Stanzas leave it on its
 * reader thread in stream order, through the same reader and the same limits as a component's; Smack's own listeners, which
 * run on several threads, see only what Smack itself asked for.
 */
final class SmackStream extends XMPPTCPConnection {

    /** Smack keeps 500 unacknowledged stanzas for a resumption; beyond that some would be lost. */
    static final int WINDOW = 250;

    private static final int ACK_EVERY = 20;

    private static final Logger LOG = LoggerFactory.getLogger(SmackStream.class);
    private static final Pattern IP_LITERAL = Pattern.compile("[0-9.]+|.*:.*");
    private static final Set<String> PASSWORD_MECHANISMS = Set.of("SCRAM-SHA-1", "PLAIN");

    /** Called on Smack's reader thread; may wait. */
    interface Inbound {
        /** Whether this answer is for somebody above Smack. */
        boolean waitsFor(String id);

        void received(StanzaReading reading);
    }

    private final ClientConfig settings;
    private final Inbound inbound;
    private final NoDelaySocketFactory sockets;
    private final Semaphore window = new Semaphore(WINDOW);
    /** Those that have read or written. */
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private @Nullable BoundedReader bounded;
    private int sinceAckRequest;

    /** @param onBroken called with the reason, perhaps more than once, when the stream has ended */
    SmackStream(ClientConfig settings, Inbound inbound, Consumer<String> onBroken) throws UnknownHostException {
        this(settings, inbound, onBroken, new NoDelaySocketFactory());
    }

    private SmackStream(ClientConfig settings, Inbound inbound, Consumer<String> onBroken, NoDelaySocketFactory sockets)
            throws UnknownHostException {
        super(configuration(settings, sockets));
        this.settings = settings;
        this.inbound = inbound;
        this.sockets = sockets;
        setReplyTimeout(settings.replyTimeout().toMillis());
        setUseStreamManagement(true);
        setUseStreamManagementResumption(true);
        addRequestAckPredicate(stanza -> false); // see send
        EntityCapsManager.getInstanceFor(this).disableEntityCaps(); // the exchange describes us
        PingManager.getInstanceFor(this).setPingInterval(-1);
        addStanzaAcknowledgedListener(stanza -> makeRoom());
        // With a listener, Smack does not send what an ended session left over into the next one.
        addStanzaDroppedListener(stanza -> makeRoom());
        addConnectionListener(new ConnectionListener() {
            @Override
            public void connectionClosed() {
                ended("the server ended the stream");
            }

            @Override
            public void connectionClosedOnError(Exception e) {
                String text = e.toString().replaceAll("\\s+", " ");
                ended(text.length() <= 300 ? text : text.substring(0, 300));
            }

            private void ended(String why) {
                if (!isConnected()) { // else this is late, and about the stream before a resumption
                    onBroken.accept(why);
                }
            }
        });
    }

    private static XMPPTCPConnectionConfiguration configuration(ClientConfig settings, SocketFactory sockets)
            throws UnknownHostException {
        XMPPTCPConnectionConfiguration.Builder builder = XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(settings.domain())
                .setPort(settings.port())
                .setResource(settings.resource())
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setSocketFactory(sockets)
                .setCompressionEnabled(false)
                .setSendPresence(false)
                .setSecurityMode(
                        switch (settings.tls()) {
                            case DISABLED -> SecurityMode.disabled;
                            case IF_POSSIBLE -> SecurityMode.ifpossible;
                            case REQUIRED -> SecurityMode.required;
                        });
        if (IP_LITERAL.matcher(settings.host()).matches()) {
            builder.setHostAddress(InetAddress.getByName(settings.host()));
        } else {
            builder.setHost(settings.host());
        }
        settings.password()
                .ifPresentOrElse(
                        password -> {
                            builder.setUsernameAndPassword(settings.username(), password);
                            PASSWORD_MECHANISMS.forEach(builder::addEnabledSaslMechanism);
                        },
                        builder::performSaslAnonymousAuthentication);
        if (settings.certificates() == ClientConfig.CertificateCheck.OFF) {
            TLSUtils.acceptAllCertificates(builder);
            TLSUtils.disableHostnameVerificationForTlsCertificates(builder);
        }
        return builder.build();
    }

    /** Waits until few enough stanzas are unacknowledged, where the server acknowledges at all. */
    boolean awaitRoom(long millis) throws InterruptedException {
        return !isSmEnabled() || window.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Hands over one stanza; where it throws, the stanza was not taken. Smack's own way of asking for acknowledgements does
     * not keep these two apart: it throws when it cannot ask, after it has taken the stanza. Called by one thread.
     */
    void send(Stanza stanza) throws SmackException.NotConnectedException, InterruptedException {
        try {
            sendStanza(stanza);
        } catch (SmackException.NotConnectedException | InterruptedException e) {
            makeRoom();
            throw e;
        }
        if (++sinceAckRequest >= ACK_EVERY && isSmEnabled()) {
            sinceAckRequest = 0;
            try {
                requestSmAcknowledgement();
            } catch (SmackException | InterruptedException e) {
                LOG.debug("the stream ended before an acknowledgement was asked for", e);
            }
        }
    }

    @Override
    protected void sendStanzaInternal(Stanza stanza) throws SmackException.NotConnectedException, InterruptedException {
        super.sendStanzaInternal(new WrittenStanza(stanza));
    }

    private void remember() {
        threads.add(Thread.currentThread());
    }

    /**
     * Waits until Smack's threads for the stream before are gone. One that is late with its news of the stream's end would
     * end the next stream of the same connection instead.
     *
     * @return false where they stay: this connection must not be used again
     */
    boolean awaitQuiet(Duration longest) throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())))) {
                return false;
            }
        }
        threads.clear();
        return true;
    }

    private void makeRoom() {
        if (window.availablePermits() < WINDOW) { // Smack's own requests are acknowledged as well
            window.release();
        }
    }

    /** Whether Nagle's algorithm is off on the open socket. */
    boolean sendsWithoutDelay() throws IOException {
        Optional<Socket> socket = sockets.last();
        return socket.isPresent() && socket.get().getTcpNoDelay();
    }

    @Override
    protected void initDebugger() {
        super.initDebugger();
        // The one hook that Smack calls whenever it has made a new reader and writer, after STARTTLS too.
        bounded = new BoundedReader(reader, settings.limits().stanzaBytes(), this::remember);
        reader = bounded;
        writer = new CleanWriter(writer, this::remember);
    }

    @Override
    protected void parseAndProcessStanza(XmlPullParser parser)
            throws XmlPullParserException, IOException, InterruptedException {
        XmlElement element;
        try {
            element = XmlRecorder.record(parser, settings.limits());
        } catch (StreamViolation e) {
            throw new IOException(e.getMessage(), e);
        }
        if (bounded != null) {
            bounded.stanzaEnded();
        }
        StanzaReading reading = StanzaReader.read(element);
        if (reading instanceof StanzaReading.Parsed parsed && isSmacksOwn(parsed.stanza())) {
            processStanza(parsed.stanza());
        } else {
            inbound.received(reading);
        }
    }

    /** What login, resource binding and the roster need. */
    private boolean isSmacksOwn(Stanza stanza) {
        if (!(stanza instanceof IQ iq)) {
            return false;
        }
        if (iq.isRequestIQ()) {
            return iq instanceof RosterPacket;
        }
        String id = iq.getStanzaId();
        return id == null || !inbound.waitsFor(id);
    }
}
