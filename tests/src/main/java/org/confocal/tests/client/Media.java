package org.confocal.tests.client;

/** What a client sends. */
public enum Media {
    AUDIO("audio", "a0"),
    CAMERA("video", "v0"),
    SCREEN("video", "v1");

    private final String contentName;
    private final String suffix;

    Media(String contentName, String suffix) {
        this.contentName = contentName;
        this.suffix = suffix;
    }

    /** The Jingle content that carries it. */
    public String content() {
        return contentName;
    }

    /** The name of that endpoint's source. */
    public String sourceName(String endpoint) {
        return endpoint + "-" + suffix;
    }
}
