package org.confocal.xmpp.stream;

/** Text as XML allows it. */
public final class XmlText {

    private XmlText() {}

    /** With the five characters replaced that mean something in XML. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;")
                .replace("\"", "&quot;");
    }

    /**
     * Markup that a server takes: every character that XML 1.0 does not allow becomes U+FFFD, and {@code ]]>} outside of
     * CDATA, which we do not write, is escaped. A server ends the stream for one such thing, and takes all
     * conferences with it; Smack lets both through, and participants choose the texts that we pass on.
     */
    public static String clean(String markup) {
        String text = markup.contains("]]>") ? markup.replace("]]>", "]]&gt;") : markup;
        int bad = firstBad(text, 0);
        if (bad < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (; bad >= 0; bad = firstBad(clean, bad + 1)) {
            clean.setCharAt(bad, '\uFFFD');
        }
        return clean.toString();
    }

    private static int firstBad(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (!isAllowed(c)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAllowed(char c) {
        return c >= 0x20 ? !Character.isSurrogate(c) && c < 0xFFFE : c == '\t' || c == '\n' || c == '\r';
    }
}
