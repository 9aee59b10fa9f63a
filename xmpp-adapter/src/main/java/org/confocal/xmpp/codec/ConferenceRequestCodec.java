package org.confocal.xmpp.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.RoomId;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jivesoftware.smack.packet.IQ;

/** Conference requests and their answers (spec/02, sections 1 and 2). */
public final class ConferenceRequestCodec {
    /** More properties than this are not a client's; the rest is ignored. */
    private static final int MAX_PROPERTIES = 100;

    private ConferenceRequestCodec() {}

    /**
     * What was asked; empty where no room is named.
     *
     * @param sender who asks, without the proxy's wrapping
     */
    public static Optional<ConferenceRequest> decode(ConferenceIq iq, StanzaRef stanza, Jid sender) {
        return Optional.ofNullable(iq.getRoom())
                .map(room -> new ConferenceRequest(
                        new ConferenceRequest.Origin.Stanza(stanza),
                        new RoomId(room.toString()),
                        Optional.of(sender),
                        Optional.ofNullable(iq.getMachineUID()),
                        Optional.ofNullable(iq.getSessionId()),
                        Optional.ofNullable(iq.getToken()),
                        properties(iq)));
    }

    private static Map<String, String> properties(ConferenceIq iq) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (ConferenceIq.Property each : iq.getProperties()) {
            String name = each.getName();
            String value = each.getValue();
            if (name != null && value != null && properties.size() < MAX_PROPERTIES) {
                properties.put(name, value);
            }
        }
        return properties;
    }

    /**
     * The answer, without addresses.
     *
     * @param focus the focus' own JID; clients compare its bare form with the occupant's real JID (spec/07, section 2)
     */
    public static IQ encode(ConferenceAnswer answer, org.jxmpp.jid.Jid focus) {
        ConferenceIq iq = new ConferenceIq();
        iq.setType(IQ.Type.result);
        Addresses.of(answer.room())
                .flatMap(room -> Optional.ofNullable(room.asEntityBareJidIfPossible()))
                .ifPresent(iq::setRoom);
        iq.setReady(answer.ready());
        iq.setFocusJid(focus.asBareJid().toString());
        answer.login().ifPresent(login -> {
            iq.setSessionId(login.sessionId());
            iq.setIdentity(login.identity());
        });
        answer.properties().forEach(iq::addProperty);
        return iq;
    }
}
