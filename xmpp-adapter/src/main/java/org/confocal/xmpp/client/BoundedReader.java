package org.confocal.xmpp.client;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Ends a stream whose next stanza does not end. Used by Smack's reader thread only. */
final class BoundedReader extends FilterReader {

    private final int bound;
    private final Runnable onUse;
    private long sinceStanza;

    /** @param onUse called by each thread that reads, every time */
    BoundedReader(Reader in, int bound, Runnable onUse) {
        super(in);
        this.bound = bound;
        this.onUse = onUse;
    }

    /** A stanza is complete; the next one may be as long again. */
    void stanzaEnded() {
        sinceStanza = 0;
    }

    @Override
    public int read() throws IOException {
        onUse.run();
        return counted(super.read(), 1);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        onUse.run();
        int read = super.read(buffer, offset, length);
        return counted(read, read);
    }

    private int counted(int result, int characters) throws IOException {
        if (characters > 0 && result >= 0) {
            sinceStanza += characters;
            if (sinceStanza > bound) {
                throw new IOException("policy-violation: a stanza of more than " + bound + " characters");
            }
        }
        return result;
    }
}
