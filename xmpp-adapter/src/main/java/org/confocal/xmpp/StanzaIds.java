package org.confocal.xmpp;

import java.util.UUID;

/** Ids for stanzas: unguessable, so that nobody can answer a request that went to somebody else. */
public final class StanzaIds {

    private StanzaIds() {}

    public static String next() {
        return UUID.randomUUID().toString();
    }
}
