package org.confocal.health;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.confocal.focus.view.FocusControl;
import org.confocal.focus.view.FocusView;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of one focus. Within {@link HttpConfig.Limits}: bounded threads, connections, headers, bodies and
 * times. Who may call what is the {@link AccessGate}'s.
 */
public final class HealthServer implements AutoCloseable {
    private static final int ACCEPT_QUEUE = 128;

    /** Of the control address, beside those of the other. */
    private static final int CONTROL_CONNECTIONS = 32;

    private static final Logger log = LoggerFactory.getLogger(HealthServer.class);

    private final HttpConfig config;
    private final Server server;
    private final ServerConnector connector;
    private final Optional<ServerConnector> control;
    private final Optional<TlsKeys> keys;
    private final Optional<FocusMeters> meters;

    /**
     * A server that is not started yet.
     *
     * @param clock bounds how often the same trouble is logged, and how often one address may call
     * @param site what the dashboard must know of the configuration
     * @param extraDebug what other parts add to {@code /debug}, as a tree of maps, lists, texts, numbers and booleans;
     *     called for each request, from the server's threads, and must not wait
     */
    public HealthServer(
            HttpConfig config,
            FocusView view,
            FocusControl control,
            FocusIdentity identity,
            InstantSource clock,
            SiteFacts site,
            Supplier<Map<String, Object>> extraDebug) {
        this(config, Optional.of(new FocusMeters(view, identity.version(), site)));
        Autoscale autoscale = new Autoscale(config.targetStress());
        server.addBean(new Sampling(autoscale, view, server.getScheduler()));
        server.setHandler(new AccessGate(
                new Router(config, view, control, identity, meters.orElseThrow(), autoscale, clock, site, extraDebug),
                config,
                clock));
    }

    /**
     * A server, not started yet, of a process that waits until another one stops to act. It answers that it lives, that it is
     * not ready, and what is measured.
     *
     * @param clock bounds how often one address may call
     * @param figures for {@code /metrics}
     */
    public static HealthServer standby(HttpConfig config, InstantSource clock, List<Figure> figures) {
        HealthServer server = new HealthServer(config, Optional.empty());
        server.server.setHandler(new AccessGate(new StandbyPages(config.groups(), figures), config, clock));
        return server;
    }

    private HealthServer(HttpConfig config, Optional<FocusMeters> meters) {
        this.config = config;
        this.meters = meters;
        HttpConfig.Limits limits = config.limits();
        // Its queue has no bound of its own: each connection has at most a few tasks in it, and connections are
        // limited.
        QueuedThreadPool threads = new QueuedThreadPool(limits.threads(), 4);
        threads.setName("http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.keys = config.access().tls().map(tls -> new TlsKeys(tls, server.getScheduler()));
        ConnectionFactory[] protocols = protocols();
        this.connector = connector(config.host(), config.port(), limits.connections(), protocols);
        this.control = config.access()
                .control()
                .map(address -> connector(address.host(), address.port(), CONTROL_CONNECTIONS, protocols));
        server.addConnector(connector);
        this.control.ifPresent(own -> own.setName(AccessGate.CONTROL));
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(0);
    }

    private ConnectionFactory[] protocols() {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(config.limits().headerBytes());
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (keys.isEmpty()) {
            return new ConnectionFactory[] {plain};
        }
        server.addBean(keys.get());
        // Scripts and probes name the address, not what the certificate is for.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ConnectionFactory[] {new SslConnectionFactory(keys.get().context(), plain.getProtocol()), plain};
    }

    private ServerConnector connector(String host, int port, int connections, ConnectionFactory... protocols) {
        ServerConnector made = new ServerConnector(server, 1, 1, protocols);
        made.setHost(host);
        made.setPort(port);
        made.setIdleTimeout(config.limits().idle().toMillis());
        made.setAcceptQueueSize(ACCEPT_QUEUE);
        made.addBean(new HeaderWatch(made.getScheduler(), config.limits().headers()));
        server.addBean(new NetworkConnectionLimit(connections, made));
        return made;
    }

    /**
     * Listens. Returns when requests are answered.
     *
     * @throws IOException where an address cannot be listened on or a TLS file cannot be used; says which and why
     */
    public void start() throws IOException {
        try {
            if (keys.isPresent()) {
                keys.get().readFirst();
            }
            open(connector, "jicofo.rest.host, jicofo.rest.port");
            openControl();
            server.start();
        } catch (IOException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the HTTP server did not start", e);
        }
    }

    private void openControl() throws IOException {
        if (control.isEmpty()) {
            return;
        }
        ServerConnector own = control.get();
        try {
            open(own, "jicofo.rest.control.host, jicofo.rest.control.port");
            server.addConnector(own);
        } catch (IOException taken) {
            switch (config.access().control().orElseThrow().ifTaken()) {
                case REFUSE_START -> throw taken;
                case START_WITHOUT -> log.warn("Control calls are not answered: {}", taken.getMessage());
            }
        }
    }

    private static void open(ServerConnector connector, String keys) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + connector.getHost() + ":" + connector.getPort() + " (" + keys + "): "
                            + rootMessage(e),
                    e);
        }
    }

    /** Stops listening and closes all connections. Does nothing where it does not run. */
    @Override
    public void close() {
        try {
            server.stop();
            connector.close();
            control.ifPresent(ServerConnector::close);
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }

    /** The port that is listened on; 0 or less where none is. */
    public int port() {
        return connector.getLocalPort();
    }

    /** The address that is listened on, as {@code host:port} for a log line. */
    public String address() {
        return config.host() + ":" + Math.max(0, port());
    }

    /** The port where control calls are answered; 0 or less where none is. */
    public int controlPort() {
        return control.orElse(connector).getLocalPort();
    }

    /** The address where control calls are answered, and whether they need a credential, for a log line. */
    public String controlAddress() {
        String address = control.map(ServerConnector::getHost).orElse(config.host()) + ":" + Math.max(0, controlPort());
        return config.access().asksForCredential() ? address + ", with a credential" : address;
    }

    /** What HAProxy's agent check is told of a focus now. */
    public static String agentAnswer(FocusView view, FocusControl control) {
        return AgentAnswer.of(view.snapshot(), control.drains());
    }

    /** How many connections are open now. */
    int connections() {
        return connector.getConnectedEndPoints().size()
                + control.map(own -> own.getConnectedEndPoints().size()).orElse(0);
    }

    /** Shows these in {@code /metrics} too. */
    public void show(List<Figure> figures) {
        meters.orElseThrow().show(figures);
    }

    /** Where other parts register what they measure; {@code /metrics} shows it. */
    public MeterRegistry meters() {
        return meters.orElseThrow().registryForOthers();
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** What Jetty refuses before it reaches a page: a reason as JSON, without a page, a stack or a version. */
    private static final class PlainErrors extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            int status = response.getStatus();
            Reply.refusal(status, HttpStatus.getMessage(status))
                    .withConnection(Reply.Connection.CLOSE)
                    .send(response, callback);
            return true;
        }
    }
}
