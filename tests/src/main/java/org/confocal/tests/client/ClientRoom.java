package org.confocal.tests.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.confocal.tests.client.ClientBooks.BridgeState;
import org.confocal.tests.client.ClientBooks.FocusState;
import org.confocal.tests.client.ClientBooks.Presence;
import org.confocal.tests.client.ClientBooks.Role;
import org.confocal.tests.client.ClientLedger.Page;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;

/** The client in the room: its own presence as the library writes it, and what it reads from the presence of others. */
final class ClientRoom {
    private final ClientConfig config;
    private final String endpoint;
    private final String statsId;
    private final String focusJid;
    private final ClientLedger ledger;

    ClientRoom(ClientConfig config, String endpoint, String statsId, String focusJid, ClientLedger ledger) {
        this.config = config;
        this.endpoint = endpoint;
        this.statsId = statsId;
        this.focusJid = focusJid;
        this.ledger = ledger;
    }

    String address() {
        return config.domains().room(config.room());
    }

    String focus() {
        return address() + "/" + ClientEmulator.FOCUS_NICK;
    }

    /** The presence that joins. */
    Element joining() {
        return presence(Element.of("x", Ns.MUC));
    }

    /** The presence as it is now. */
    Element current() {
        return presence();
    }

    Element leaving() {
        return Stanzas.presence(address() + "/" + endpoint).with("type", "unavailable");
    }

    private Element presence(Element... first) {
        return Stanzas.presence(address() + "/" + endpoint)
                .add(first)
                .add(Element.of("stats-id").text(statsId), config.kind().caps())
                .add(Element.of("SourceInfo").text(ledger.compute(ClientRoom::sourceInfo)))
                .then(presence -> config.region()
                        .map(region -> presence.add(
                                Element.of("jitsi_participant_region").text(region)))
                        .orElse(presence))
                .add(Element.of("jitsi_participant_codecList").text("vp8"))
                .add(Element.of("nick", Ns.NICK).text(endpoint));
    }

    /** As JSON; nothing before there is a session, as tracks are only added then. */
    private static String sourceInfo(Page page) {
        if (page.offers.isEmpty()) {
            return "{}";
        }
        return page.localSources.stream()
                .map(source -> "\"" + source.name() + "\":{\"muted\":" + page.muted.contains(source.media())
                        + (source.media() == Media.SCREEN ? ",\"videoType\":\"desktop\"}" : "}"))
                .collect(Collectors.joining(",", "{", "}"));
    }

    void received(Element presence) {
        String nick = Stanzas.resource(presence.value("from"));
        if (!Stanzas.bare(presence.value("from")).equals(address())) {
            return;
        }
        switch (presence.value("type")) {
            case "" -> ledger.change(page -> available(page, nick, presence));
            case "unavailable" -> ledger.change(page -> unavailable(page, nick));
            case "error" -> ledger.error("presence error from the room: " + Stanzas.describe(presence));
            default -> {}
        }
    }

    private void available(Page page, String nick, Element presence) {
        Optional<Element> item = presence.child("x", Ns.MUC_USER).flatMap(x -> x.child("item"));
        String realJid = item.map(each -> each.value("jid")).orElse("");
        page.occupants.put(nick, realJid);
        if (nick.equals(ClientEmulator.FOCUS_NICK)) {
            focusPresent(page, realJid, presence);
        } else if (nick.equals(endpoint)) {
            page.presence = Presence.JOINED;
            page.role = item.map(each -> each.value("role")).orElse("").equals("moderator")
                    ? Role.MODERATOR
                    : Role.PARTICIPANT;
        }
        boolean company = page.occupants.keySet().stream()
                        .filter(each -> !each.equals(ClientEmulator.FOCUS_NICK))
                        .count()
                >= 2;
        if (company && page.presence == Presence.JOINED && page.companySince == 0) {
            page.companySince = System.nanoTime();
        }
    }

    private void focusPresent(Page page, String realJid, Element presence) {
        if (!realJid.startsWith(focusJid + "/")) {
            page.error("focus occupant has address '" + realJid + "', the conference answer said " + focusJid);
        }
        page.focus = FocusState.PRESENT;
        Map<String, String> properties = new LinkedHashMap<>();
        presence.child("conference-properties", Ns.FOCUS)
                .ifPresent(list ->
                        list.each("property").forEach(each -> properties.put(each.value("key"), each.value("value"))));
        page.properties = properties;
        page.bridges = presence.child("bridgeNotAvailable", Ns.FOCUS).isPresent()
                ? BridgeState.NOT_AVAILABLE
                : BridgeState.AVAILABLE;
    }

    private void unavailable(Page page, String nick) {
        page.occupants.remove(nick);
        page.remoteSources.values().removeIf(source -> source.owner().equals(nick));
        if (nick.equals(ClientEmulator.FOCUS_NICK)) {
            page.focus = FocusState.LEFT;
            page.focusLeft++;
            page.session = Optional.empty();
            page.remoteSources.clear();
        } else if (nick.equals(endpoint)) {
            page.presence = Presence.LEFT;
            page.session = Optional.empty();
        }
    }
}
