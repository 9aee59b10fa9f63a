package org.confocal.xmpp.gateway;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.Jid;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.DiscoveredComponents;
import org.confocal.xmpp.codec.Addresses;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.DomainBareJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the adapter keeps for the next process beside what is owed to bridges: the chain of processes that its stanza ids
 * name, what the server said it has, and which brewery it is in. Everything that cannot be read counts as absent, and is
 * asked for again. The journal is not touched before the first call. Any thread.
 */
final class AdapterRecords {
    private static final Logger LOG = LoggerFactory.getLogger(AdapterRecords.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CHAIN = "adapter/chain";
    private static final String COMPONENTS = "adapter/components";
    private static final String BREWERY = "brewery/joined";

    private final Journal journal;
    private final AtomicReference<@Nullable RequestIds> ids = new AtomicReference<>();

    AdapterRecords(Journal journal) {
        this.journal = journal;
    }

    /** The ids of the process before this one, or new ones where there was none. */
    RequestIds ids() {
        RequestIds known = ids.get();
        if (known != null) {
            return known;
        }
        Optional<String> chain = inherited(CHAIN);
        RequestIds mine = chain.map(RequestIds::new).orElseGet(RequestIds::fresh);
        if (!ids.compareAndSet(null, mine)) {
            return Objects.requireNonNull(ids.get());
        }
        if (chain.isEmpty()) {
            put(CHAIN, mine.chain());
        }
        return mine;
    }

    /** What the server had, as the process before this one knew it. */
    DiscoveredComponents components() {
        Map<String, DomainBareJid> byType = new HashMap<>();
        inherited(COMPONENTS).ifPresent(text -> {
            try {
                JsonNode json = JSON.readTree(text);
                json.propertyStream()
                        .limit(DiscoveredComponents.MAX_COMPONENTS)
                        .forEach(each -> domain(each.getValue().asString(""))
                                .ifPresent(domain -> byType.put(each.getKey(), domain)));
            } catch (JacksonException e) {
                LOG.warn("What the server has beside the rooms cannot be read from the journal; it is asked again");
            }
        });
        return new DiscoveredComponents(byType);
    }

    private static Optional<DomainBareJid> domain(String text) {
        return Addresses.domain(new Jid(text));
    }

    void keep(DiscoveredComponents components) {
        ObjectNode json = JSON.createObjectNode();
        components.byType().forEach((type, domain) -> json.put(type, domain.toString()));
        put(COMPONENTS, json.toString());
    }

    /** Whether the process before this one was in that brewery, and the core had all that there was to see. */
    boolean wasIn(RoomId brewery) {
        return inherited(BREWERY).filter(brewery.value()::equals).isPresent();
    }

    void entered(RoomId brewery) {
        put(BREWERY, brewery.value());
    }

    void leftBrewery() {
        journal.change(() -> journal.remove(BREWERY));
    }

    private void put(String key, String text) {
        journal.change(() -> journal.put(key, () -> text.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<String> inherited(String key) {
        return Optional.ofNullable(journal.inherited().get(key))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
