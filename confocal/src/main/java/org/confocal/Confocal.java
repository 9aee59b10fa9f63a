package org.confocal;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.confocal.config.FocusSettings;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.model.Jid;
import org.confocal.focus.port.FocusPorts;
import org.confocal.focus.runtime.ConferenceMachineModel;
import org.confocal.focus.runtime.Focus;
import org.confocal.focus.runtime.FocusConfig;
import org.confocal.focus.runtime.FocusEnvironment;
import org.confocal.focus.runtime.FocusLimits;
import org.confocal.focus.runtime.FocusThreads;
import org.confocal.focus.view.FocusView;
import org.confocal.health.Access;
import org.confocal.health.AgentCheck;
import org.confocal.health.HealthServer;
import org.confocal.health.HttpConfig;
import org.confocal.health.SiteFacts;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.choice.PlacementPolicies;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.client.ClientConnection;
import org.confocal.xmpp.component.ComponentConnection;
import org.confocal.xmpp.gateway.AdapterConfig;
import org.confocal.xmpp.gateway.Timers;
import org.confocal.xmpp.gateway.XmppFocusAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running focus, to be embedded. Several may run in one process. All methods may be called from any thread.
 *
 * <p>It starts whether Prosody is there or not, and connects when it comes.
 */
public final class Confocal implements AutoCloseable {
    /** As long as Jicofo's users wait for its container to stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Confocal.class);

    private final FocusThreads threads;
    private final Focus focus;
    private final XmppFocusAdapter adapter;
    private final Optional<HealthServer> http;
    private final Optional<Access.Address> agentAddress;
    private Optional<AgentCheck> agent = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Confocal(FocusSettings settings) {
        String version = Version.current();
        BridgeSelectionStrategy strategy = settings.selection().create();
        threads = FocusThreads.forThisMachine("focus");
        FocusEnvironment environment = new FocusEnvironment(
                InstantSource.system(), threads.workers(), threads.scheduler(), new java.security.SecureRandom());
        XmppConnection main = mainConnection(settings.xmpp().main(), version);
        adapter = new XmppFocusAdapter(
                adapterConfig(settings, version),
                main,
                settings.xmpp()
                        .service()
                        .map(service -> new ClientConnection(
                                service, FocusIdentity.of(version), new java.security.SecureRandom())),
                Timers.over(threads.scheduler()),
                InstantSource.system());
        focus = new Focus(
                focusConfig(settings, strategy),
                new ConferenceMachineModel(settings.conference(), settings.cascades()),
                new FocusPorts(adapter.rooms(), adapter.participants(), adapter.bridges(), adapter.answers()),
                environment);
        adapter.attach(focus);
        agentAddress = settings.http().agentCheck();
        http = settings.http().enabled()
                ? Optional.of(new HealthServer(
                        httpConfig(settings.http()),
                        focus,
                        focus,
                        new org.confocal.health.FocusIdentity(
                                version,
                                new Jid(main.self().toString()),
                                strategy.name(),
                                authority(settings.authentication())),
                        InstantSource.system(),
                        siteFacts(settings, strategy),
                        Map::of))
                : Optional.empty();
    }

    /**
     * Starts a focus. Returns as soon as HTTP is served; Prosody is connected to in the background, for as long as it takes.
     *
     * @throws IOException where an HTTP address cannot be listened on or a TLS file cannot be used
     * @throws IllegalArgumentException where a bridge selection strategy or the placement policy does not exist, or one that needs others lacks them
     */
    public static Confocal start(FocusSettings settings) throws IOException {
        Confocal confocal = new Confocal(settings);
        try {
            if (confocal.http.isPresent()) {
                confocal.http.get().start();
                log.info("HTTP on {}", confocal.http.get().address());
                log.info("Control on {}", confocal.http.get().controlAddress());
            }
            confocal.startAgent();
        } catch (IOException cannotListen) {
            confocal.close();
            throw cannotListen;
        }
        confocal.adapter.start();
        log.info("Confocal {} started.", Version.current());
        return confocal;
    }

    private void startAgent() throws IOException {
        if (agentAddress.isPresent()) {
            Access.Address address = agentAddress.get();
            agent = Optional.of(new AgentCheck(
                    address.host(),
                    address.port(),
                    () -> closed.get() ? AgentCheck.DOWN : HealthServer.agentAnswer(focus, focus)));
            log.info("HAProxy's agent check on {}", address);
        }
    }

    /** Where HTTP is served; empty where it is switched off. */
    public OptionalInt httpPort() {
        return http.map(server -> OptionalInt.of(server.port())).orElse(OptionalInt.empty());
    }

    /** What is going on. */
    public FocusView view() {
        return focus;
    }

    /** Waits until the focus has been closed. */
    public void awaitStop() throws InterruptedException {
        ended.await();
    }

    /**
     * Expires all conferences on their bridges, leaves the rooms, closes the connections and the HTTP server, and ends all
     * threads. Takes five seconds at most for the conferences. A second call does nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            int left = focus.stop(PATIENCE);
            if (left > 0) {
                log.warn("{} conferences did not end within {} s.", left, PATIENCE.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        agent.ifPresent(AgentCheck::close);
        http.ifPresent(HealthServer::close);
        adapter.close();
        threads.close();
        log.info("Confocal stopped.");
        ended.countDown();
    }

    private static XmppConnection mainConnection(FocusSettings.Main main, String version) {
        FocusIdentity identity = FocusIdentity.of(version);
        return switch (main) {
            case FocusSettings.Main.Component component ->
                new ComponentConnection(component.config(), identity, new java.security.SecureRandom());
            case FocusSettings.Main.Client client ->
                new ClientConnection(client.config(), identity, new java.security.SecureRandom());
        };
    }

    private static AdapterConfig adapterConfig(FocusSettings settings, String version) {
        FocusSettings.Main main = settings.xmpp().main();
        Duration replyTimeout = switch (main) {
            case FocusSettings.Main.Component component -> component.config().replyTimeout();
            case FocusSettings.Main.Client client -> client.config().replyTimeout();
        };
        // A component's stream cannot be resumed (XEP-0114 knows nothing of XEP-0198): nothing to wait for.
        Duration grace = main instanceof FocusSettings.Main.Client ? replyTimeout : Duration.ZERO;
        return new AdapterConfig(
                settings.brewery().map(brewery -> new RoomId(brewery.toString())),
                settings.xmpp().clientProxy().map(proxy -> new Jid(proxy.toString())),
                main.xmppDomain().map(domain -> new Jid(domain.toString())),
                AdapterConfig.NICK,
                version,
                replyTimeout,
                grace,
                settings.xmpp().service().map(service -> service.replyTimeout()).orElse(Duration.ZERO));
    }

    private static FocusConfig focusConfig(FocusSettings settings, BridgeSelectionStrategy strategy) {
        boolean mixed = settings.selection().mixedVersions() == FocusSettings.MixedVersions.ALLOWED;
        return new FocusConfig(
                settings.conference(),
                settings.authentication(),
                settings.fleet(),
                new SelectionConfig(settings.conference().octo().enabled(), mixed),
                strategy,
                settings.selection().policy().map(PlacementPolicies::named).orElse(PlacementPolicy.ALLOW_ALL),
                settings.bridgeCare(),
                FocusLimits.DEFAULTS.withDecisions(settings.decisions()));
    }

    /** As {@code /debug} of Jicofo names its classes. */
    private static String authority(Optional<AuthenticationConfig> authentication) {
        return authentication
                .map(there -> switch (there.kind()) {
                    case XMPP -> "XMPPDomainAuthAuthority";
                    case JWT -> "ExternalJWTAuthority";
                })
                .orElse("null");
    }

    private static SiteFacts siteFacts(FocusSettings settings, BridgeSelectionStrategy strategy) {
        return new SiteFacts(
                settings.conference().octo().enabled(),
                strategy.reach() == BridgeSelectionStrategy.Reach.MANY_BRIDGES,
                settings.selection().mixedVersions() == FocusSettings.MixedVersions.ALLOWED,
                settings.selection().egressEstimate(settings.fleet()));
    }

    private static HttpConfig httpConfig(FocusSettings.Http http) {
        Set<HttpConfig.Group> groups = EnumSet.noneOf(HttpConfig.Group.class);
        if (http.metrics()) {
            groups.add(HttpConfig.Group.METRICS);
        }
        if (http.conferenceRequests()) {
            groups.add(HttpConfig.Group.CONFERENCE_REQUEST);
        }
        if (http.debug()) {
            groups.add(HttpConfig.Group.DEBUG);
        }
        if (http.moveEndpoints()) {
            groups.add(HttpConfig.Group.MOVE_ENDPOINTS);
        }
        if (http.pin()) {
            groups.add(HttpConfig.Group.PIN);
        }
        if (http.explain()) {
            groups.add(HttpConfig.Group.EXPLAIN);
        }
        if (http.drain()) {
            groups.add(HttpConfig.Group.DRAIN);
        }
        if (http.dashboard()) {
            groups.add(HttpConfig.Group.DASHBOARD);
        }
        return new HttpConfig(
                http.host(),
                http.port(),
                groups,
                HttpConfig.Limits.DEFAULTS.withRequestsPerSecond(http.requestsPerSecond()),
                http.access(),
                http.targetStress());
    }
}
