package org.confocal.config;

import java.util.Optional;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.CascadeConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.health.Access;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.cascade.FullMesh;
import org.confocal.strategy.cascade.VisitorTopology;
import org.confocal.strategy.choice.BridgeStrategies;
import org.confocal.strategy.choice.EgressEstimate;
import org.confocal.strategy.choice.StrategyConfig;
import org.confocal.xmpp.client.ClientConfig;
import org.confocal.xmpp.component.ComponentConfig;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;

/**
 * Everything that can be configured, checked. {@link SettingsLoader} reads it from a file.
 *
 * @param authentication empty where everybody may open rooms
 * @param decisions how many are kept to be explained; 0 for none
 * @param journal empty where everybody may notice a restart
 */
public record FocusSettings(
        Xmpp xmpp,
        Optional<EntityBareJid> brewery,
        Selection selection,
        ConferenceConfig conference,
        Optional<AuthenticationConfig> authentication,
        FleetConfig fleet,
        BridgeCareConfig bridgeCare,
        Http http,
        int decisions,
        Optional<JournalSettings> journal) {

    /** How the bridges of a conference are linked. */
    public CascadeConfig cascades() {
        return selection.cascades(fleet);
    }

    /**
     * The ways to Prosody.
     *
     * @param main carries the rooms
     * @param service carries the brewery where it is elsewhere
     * @param clientProxy the component through which conference requests come, with their sender in the resource
     */
    public record Xmpp(Main main, Optional<ClientConfig> service, Optional<DomainBareJid> clientProxy) {}

    /** How the focus is known to Prosody. */
    public sealed interface Main {
        /** The domain that is asked for components; empty where it is not configured. */
        Optional<DomainBareJid> xmppDomain();

        /** Without a resource. */
        String address();

        /** An external component. */
        record Component(ComponentConfig config, Optional<DomainBareJid> xmppDomain) implements Main {
            @Override
            public String address() {
                return config.self().asBareJid().toString();
            }
        }

        /** A client login, as Jicofo's. */
        record Client(ClientConfig config) implements Main {
            @Override
            public String address() {
                return config.self().asBareJid().toString();
            }

            @Override
            public Optional<DomainBareJid> xmppDomain() {
                return config.xmppDomain();
            }
        }
    }

    /**
     * How bridges are chosen.
     *
     * @param strategy by Jicofo's simple or fully qualified name
     * @param told what the strategy is told, as far as it wants to know; its prices are in {@code egress}
     * @param egress what traffic costs and how long it takes
     * @param topology how the bridges of a conference are linked
     * @param policy the class of the placement policy; empty where everybody may be anywhere
     */
    public record Selection(
            String strategy,
            StrategyConfig told,
            EgressSettings egress,
            Topology topology,
            Optional<String> policy,
            MixedVersions mixedVersions) {

        /** The strategy. @throws IllegalArgumentException as {@link BridgeStrategies#named(String, StrategyConfig)} */
        public BridgeSelectionStrategy create() {
            return BridgeStrategies.named(strategy, told.with(egress.weighed(told)));
        }

        /** What traffic costs, whether or not the strategy cares. */
        public EgressEstimate egressEstimate(FleetConfig fleet) {
            return new EgressEstimate(egress.allPrices(), egress.media(), fleet.classes());
        }

        /** How the bridges of a conference are linked, where it is on several. */
        CascadeConfig cascades(FleetConfig fleet) {
            return new CascadeConfig(planner(fleet), fleet.classes(), egress.media());
        }

        private CascadePlanner planner(FleetConfig fleet) {
            return switch (topology) {
                case BY_STRATEGY -> byCost() ? egress.weighed(told).cascades() : new FullMesh();
                case MESH -> new FullMesh();
                case VISITORS -> new VisitorTopology(fleet.stressThreshold());
                case BY_COST -> egress.weighed(told).cascades();
            };
        }

        /** Whether bridges are chosen by what they cost. */
        boolean byCost() {
            return BridgeStrategies.fullName(strategy)
                    .filter("EgressAwareBridgeSelectionStrategy"::equals)
                    .isPresent();
        }
    }

    /** How the bridges of a conference are linked. */
    public enum Topology {
        /** By cost where bridges are chosen by cost, else each with every other. */
        BY_STRATEGY,
        /** Each with every other. */
        MESH,
        /** Those of visitors hang on those of participants. */
        VISITORS,
        /** By what relayed traffic costs. */
        BY_COST
    }

    /** Whether bridges of different versions may carry one conference. */
    public enum MixedVersions {
        ALLOWED,
        FORBIDDEN
    }

    /**
     * The HTTP server.
     *
     * @param enabled false also where the port is 0 or less, as in Jicofo
     * @param host an address of this machine
     * @param requestsPerSecond of one address
     * @param access who may change something
     * @param targetStress of a bridge, for {@code /autoscale}
     * @param agentCheck where HAProxy's agent check is answered; empty where it is not
     */
    public record Http(
            boolean enabled,
            String host,
            int port,
            boolean metrics,
            boolean conferenceRequests,
            boolean debug,
            boolean moveEndpoints,
            boolean pin,
            boolean explain,
            boolean drain,
            boolean dashboard,
            double requestsPerSecond,
            Access access,
            double targetStress,
            Optional<Access.Address> agentCheck) {}
}
