package org.confocal.tests.bridge;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;

/**
 * One relay of a conference: this bridge's end of a link to another bridge (spec/04, section 3).
 *
 * @param id the relay id of the other bridge
 * @param meshId what is received in a mesh is not sent on into the same mesh; empty where none was given
 * @param end which end of the link this is
 * @param channel how messages between the two bridges travel
 * @param remote what has arrived of the other bridge's transport
 * @param endpoints who is announced behind it, in order
 */
public record RelayBook(
        String id,
        String meshId,
        End end,
        Channel channel,
        Remote remote,
        SequencedMap<String, EndpointBook> endpoints) {
    public RelayBook {
        endpoints = new LinkedHashMap<>(endpoints);
    }

    /** The two ends of a link; there is one of each. */
    public enum End {
        /** Controls ICE, is the DTLS server, opens the websocket. */
        INITIATOR("active"),
        RESPONDER("passive");

        private final String setup;

        End(String setup) {
            this.setup = setup;
        }
    }

    /** How messages between the two bridges travel. */
    public enum Channel {
        WEBSOCKET,
        /** This bridge is the client of the association. */
        SCTP_CLIENT,
        SCTP_SERVER
    }

    /**
     * The transport of the other bridge.
     *
     * @param ufrag empty while nothing has arrived
     * @param setup of its fingerprint
     */
    public record Remote(String ufrag, String setup, Address websocket) {
        static final Remote MISSING = new Remote("", "", Address.WITHHELD);

        /** Whether this bridge was told where the websocket of the other is. */
        public enum Address {
            GIVEN,
            WITHHELD
        }
    }

    static RelayBook created(Element request) {
        Element transport = request.child("transport").orElseThrow();
        Optional<Element> sctp = transport.child("sctp");
        Channel asked = sctp.map(
                        each -> each.value("role").equals("client") ? Channel.SCTP_CLIENT : Channel.SCTP_SERVER)
                .orElse(Channel.WEBSOCKET);
        return new RelayBook(
                request.value("id"),
                request.value("mesh-id"),
                transport.isTrue("ice-controlling") ? End.INITIATOR : End.RESPONDER,
                asked,
                Remote.MISSING,
                new LinkedHashMap<>());
    }

    /** Who is announced behind it by that id. */
    public Optional<EndpointBook> endpoint(String endpoint) {
        return Optional.ofNullable(endpoints.get(endpoint));
    }

    /**
     * Whether the two bridges can talk: the transport of the other side has arrived, it takes the DTLS role that this side does
     * not take, and exactly the initiator knows a websocket to open, unless SCTP carries the messages.
     */
    public boolean isLinked() {
        Remote.Address wanted =
                channel == Channel.WEBSOCKET && end == End.INITIATOR ? Remote.Address.GIVEN : Remote.Address.WITHHELD;
        return !remote.ufrag().isEmpty() && remote.setup().equals(end.setup) && remote.websocket() == wanted;
    }

    /** With what a create or an update says. */
    RelayBook with(Element request) {
        Remote arrived = request.child("transport")
                .flatMap(each -> each.child("transport", Ns.ICE))
                .map(RelayBook::remote)
                .orElse(remote);
        SequencedMap<String, EndpointBook> behind = new LinkedHashMap<>(endpoints);
        request.each("endpoints").flatMap(list -> list.each("endpoint")).forEach(each -> announce(behind, each));
        return new RelayBook(id, meshId, end, channel, arrived, behind);
    }

    private static Remote remote(Element transport) {
        return new Remote(
                transport.value("ufrag"),
                transport
                        .child("fingerprint", Ns.DTLS)
                        .map(each -> each.value("setup"))
                        .orElse(""),
                transport.child("web-socket", Ns.COLIBRI).isPresent() ? Remote.Address.GIVEN : Remote.Address.WITHHELD);
    }

    /** JVB takes an update for somebody who was never announced without a word, and without effect. */
    private static void announce(SequencedMap<String, EndpointBook> behind, Element endpoint) {
        String id = endpoint.value("id");
        if (endpoint.isTrue("expire")) {
            behind.remove(id);
            return;
        }
        Optional<EndpointBook> known = Optional.ofNullable(behind.get(id));
        if (known.isEmpty() && !endpoint.isTrue("create")) {
            return;
        }
        EndpointBook book = known.orElseGet(() -> EndpointBook.created(endpoint));
        behind.put(id, endpoint.child("sources").map(book::withSources).orElse(book));
    }
}
