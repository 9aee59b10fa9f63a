package org.confocal;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.confocal.config.FocusSettings;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.model.Jid;
import org.confocal.focus.runtime.FocusConfig;
import org.confocal.focus.runtime.FocusLimits;
import org.confocal.health.HttpConfig;
import org.confocal.health.SiteFacts;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.choice.PlacementPolicies;
import org.confocal.xmpp.gateway.AdapterConfig;

/** What each part is told of the settings. */
final class Wiring {
    private Wiring() {}

    static AdapterConfig adapterConfig(FocusSettings settings, String version) {
        FocusSettings.Main main = settings.xmpp().main();
        Duration replyTimeout = switch (main) {
            case FocusSettings.Main.Component component -> component.config().replyTimeout();
            case FocusSettings.Main.Client client -> client.config().replyTimeout();
        };
        return new AdapterConfig(
                settings.brewery().map(brewery -> new RoomId(brewery.toString())),
                settings.xmpp().clientProxy().map(proxy -> new Jid(proxy.toString())),
                main.xmppDomain().map(domain -> new Jid(domain.toString())),
                AdapterConfig.NICK,
                version,
                replyTimeout,
                replyTimeout,
                settings.xmpp().service().map(service -> service.replyTimeout()).orElse(Duration.ZERO));
    }

    static FocusConfig focusConfig(FocusSettings settings, BridgeSelectionStrategy strategy) {
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
    static String authority(Optional<AuthenticationConfig> authentication) {
        return authentication
                .map(there -> switch (there.kind()) {
                    case XMPP -> "XMPPDomainAuthAuthority";
                    case JWT -> "ExternalJWTAuthority";
                })
                .orElse("null");
    }

    static SiteFacts siteFacts(FocusSettings settings, BridgeSelectionStrategy strategy) {
        return new SiteFacts(
                settings.conference().octo().enabled(),
                strategy.reach() == BridgeSelectionStrategy.Reach.MANY_BRIDGES,
                settings.selection().mixedVersions() == FocusSettings.MixedVersions.ALLOWED,
                settings.selection().egressEstimate(settings.fleet()));
    }

    static HttpConfig httpConfig(FocusSettings.Http http) {
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
