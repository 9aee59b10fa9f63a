package org.confocal.xmpp.client;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Ends a stream whose next stanza does not end. Used by Smack's reader thread only. */
final class BoundedReader extends FilterReader {

    private final int bound;
    private long sinceStanza;

    BoundedReader(Reader in, int bound) {
        super(in);
        this.bound = bound;
    }

    /** A stanza is complete; the next one may be as long again. */
    void stanzaEnded() {
        sinceStanza = 0;
    }

    @Override
    public int read() throws IOException {
        return counted(super.read(), 1);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
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
