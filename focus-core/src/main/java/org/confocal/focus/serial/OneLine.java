package org.confocal.focus.serial;

/** Text of strangers on its way into a log. */
public final class OneLine {
    private OneLine() {}

    /** The text, cut to so many characters and without control characters: they become dots. */
    public static String of(String text, int maxLength) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), maxLength) + 3);
        for (int i = 0; i < text.length() && i < maxLength; i++) {
            char c = text.charAt(i);
            boolean breaksLine = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            line.append(breaksLine ? '.' : c);
        }
        return text.length() > maxLength ? line.append("...").toString() : line.toString();
    }
}
