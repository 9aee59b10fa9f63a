package org.confocal.xmpp.client;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.confocal.xmpp.stream.XmlText;

/** Writes without the characters that XML forbids. Used by Smack's writer thread only. */
final class CleanWriter extends FilterWriter {

    CleanWriter(Writer out) {
        super(out);
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
        out.write(XmlText.clean(text.substring(offset, offset + length)));
    }
}
