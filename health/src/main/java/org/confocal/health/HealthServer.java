package org.confocal.health;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.confocal.focus.view.FocusControl;
import org.confocal.focus.view.FocusView;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server of one focus. Within {@link HttpConfig.Limits}: bounded threads, connections, headers, bodies and
 * times. It has no access control, as Jicofo's has none: it is meant for loopback or a protected network.
 */
public final class HealthServer implements AutoCloseable {
    private static final int ACCEPT_QUEUE = 128;

    private final HttpConfig config;
    private final Server server;
    private final ServerConnector connector;
    private final FocusMeters meters;

    /**
     * A server that is not started yet.
     *
     * @param clock bounds how often the same trouble is logged
     * @param extraDebug what other parts add to {@code /debug}, as a tree of maps, lists, texts, numbers and booleans;
     *     called for each request, from the server's threads, and must not wait
     */
    public HealthServer(
            HttpConfig config,
            FocusView view,
            FocusControl control,
            FocusIdentity identity,
            InstantSource clock,
            Supplier<Map<String, Object>> extraDebug) {
        this.config = config;
        this.meters = new FocusMeters(view, identity.version());
        HttpConfig.Limits limits = config.limits();
        // Its queue has no bound of its own: each connection has at most a few tasks in it, and connections are
        // limited.
        QueuedThreadPool threads = new QueuedThreadPool(limits.threads(), 4);
        threads.setName("http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(limits.headerBytes());
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.addBean(new HeaderWatch(connector.getScheduler(), limits.headers()));
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        server.setErrorHandler(new PlainErrors());
        server.setHandler(new Router(config, view, control, identity, meters, clock, extraDebug));
        server.setStopTimeout(0);
    }

    /**
     * Listens. Returns when requests are answered.
     *
     * @throws IOException where the address cannot be listened on; says which and why
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new IOException(
                    "cannot listen on " + config.host() + ":" + config.port()
                            + " (jicofo.rest.host, jicofo.rest.port): " + rootMessage(e),
                    e);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the HTTP server did not start", e);
        }
    }

    /** Stops listening and closes all connections. Does nothing where it does not run. */
    @Override
    public void close() {
        try {
            server.stop();
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

    /** How many connections are open now. */
    int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Where other parts register what they measure; {@code /metrics} shows it. */
    public MeterRegistry meters() {
        return meters.registryForOthers();
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
