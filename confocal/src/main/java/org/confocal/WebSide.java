package org.confocal;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.confocal.config.FocusSettings;
import org.confocal.focus.model.Jid;
import org.confocal.focus.runtime.Focus;
import org.confocal.health.Access;
import org.confocal.health.AgentCheck;
import org.confocal.health.Figure;
import org.confocal.health.HealthServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators and HAProxy ask. */
final class WebSide {
    private static final Logger log = LoggerFactory.getLogger(Confocal.class);

    private final Focus focus;
    private final Optional<HealthServer> http;
    private final Optional<Access.Address> agentAddress;
    private Optional<AgentCheck> agent = Optional.empty();
    private final AtomicBoolean down = new AtomicBoolean();

    /** @param more for {@code /metrics} */
    WebSide(FocusSettings settings, FocusParts parts, List<Figure> more) {
        focus = parts.focus();
        agentAddress = settings.http().agentCheck();
        http = settings.http().enabled()
                ? Optional.of(new HealthServer(
                        Wiring.httpConfig(settings.http()),
                        focus,
                        focus,
                        new org.confocal.health.FocusIdentity(
                                Version.current(),
                                new Jid(parts.address()),
                                parts.strategy().name(),
                                Wiring.authority(settings.authentication())),
                        InstantSource.system(),
                        Wiring.siteFacts(settings, parts.strategy()),
                        Map::of))
                : Optional.empty();
        http.ifPresent(server -> server.show(more));
    }

    /** @throws IOException where an address cannot be listened on, or a TLS file cannot be used */
    void start() throws IOException {
        if (http.isPresent()) {
            http.get().start();
            log.info("HTTP on {}", http.get().address());
            log.info("Control on {}", http.get().controlAddress());
        }
        if (agentAddress.isPresent()) {
            Access.Address address = agentAddress.get();
            agent = Optional.of(new AgentCheck(
                    address.host(),
                    address.port(),
                    () -> down.get() ? AgentCheck.DOWN : HealthServer.agentAnswer(focus, focus)));
            log.info("HAProxy's agent check on {}", address);
        }
    }

    OptionalInt port() {
        return http.map(server -> OptionalInt.of(server.port())).orElse(OptionalInt.empty());
    }

    /** From now on HAProxy is told that this focus is down. */
    void down() {
        down.set(true);
    }

    void close() {
        agent.ifPresent(AgentCheck::close);
        http.ifPresent(HealthServer::close);
    }
}
