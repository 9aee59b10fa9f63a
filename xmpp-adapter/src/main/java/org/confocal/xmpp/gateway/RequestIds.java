package org.confocal.xmpp.gateway;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;

/**
 * Stanza ids that follow from what a request is, so that a process that goes on with the stream of another can wait for the
 * answers. Nobody else can answer in the addressee's place, because an answer is only taken from there.
 *
 * @param chain the same for processes that go on from each other and for no others: what a bridge answers late to a process
 *     that nobody has followed belongs to no request of the next one
 */
record RequestIds(String chain) {

    /** Of a process that goes on from no other. */
    static RequestIds fresh() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return new RequestIds(HexFormat.of().formatHex(random));
    }

    /** Of a request to a bridge. */
    String modify(RequestId request) {
        return "m" + chain + "-" + Long.toHexString(request.value());
    }

    /** Of the first of this kind in a session; no chain is needed, the session's id is as random. */
    static String offer(SessionId session, Offer.Kind kind) {
        return switch (kind) {
            case INITIATE -> "i-" + session.value();
            case REPLACE -> "r-" + session.value();
        };
    }
}
