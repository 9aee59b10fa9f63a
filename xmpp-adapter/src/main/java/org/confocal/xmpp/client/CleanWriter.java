package org.confocal.xmpp.client;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.confocal.xmpp.stream.XmlText;

/** Writes without the characters that XML forbids. Used by Smack's writer thread only. */
final class CleanWriter extends FilterWriter {

    private final Runnable onUse;

    /** @param onUse called by each thread that writes, every time */
    CleanWriter(Writer out, Runnable onUse) {
        super(out);
        this.onUse = onUse;
    }

    @Override
    public void write(int character) throws IOException {
        write(String.valueOf((char) character), 0, 1);
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        write(new String(buffer, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        onUse.run();
        out.write(XmlText.clean(text.substring(offset, offset + length)));
    }
}
