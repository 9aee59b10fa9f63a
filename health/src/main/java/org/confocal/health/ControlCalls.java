package org.confocal.health;

import java.util.Set;

/** Which calls change something. Pure. */
final class ControlCalls {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** Posted to, by everybody who may read: by clients through the web server, and by whoever asks what would happen. */
    private static final Set<String> OPEN = Set.of("/conference-request/v1", "/what-if", "/rtcstats");

    private ControlCalls() {}

    /** A page that is not known to be harmless is taken for one that changes something. */
    static boolean includes(String method, String path) {
        // Jicofo moves people with GET.
        return path.startsWith(MovePage.PATH) || (!READING.contains(method) && !OPEN.contains(path));
    }
}
