package org.confocal.focus.authentication;

import java.time.Duration;

/**
 * How people authenticate, where they must (Jicofo's {@code jicofo.authentication}).
 *
 * @param domain accounts of this XMPP domain have authenticated: Prosody let them in
 * @param lifetime how long a session counts after it was used last; above 0
 * @param maxSessions at once; at one more, the one that was not used for longest is forgotten
 */
public record AuthenticationConfig(
        Kind kind, String domain, Duration lifetime, AfterConference afterConference, int maxSessions) {
    /** A few hundred bytes each. */
    public static final int MAX_SESSIONS = 20_000;

    /** Just long enough for a guest who logs in in a second window to become owner (spec/02, section 4). */
    private static final Duration JWT_LIFETIME = Duration.ofMinutes(1);

    public AuthenticationConfig {
        if (domain.isBlank() || !lifetime.isPositive() || maxSessions < 1) {
            throw new IllegalArgumentException("a domain, a lifetime above 0 and room for a session");
        }
    }

    /** How the domain's accounts prove who they are. */
    public enum Kind {
        /** With a password. */
        XMPP,
        /** With a token that somebody else issued and Prosody verified. */
        JWT
    }

    /** What becomes of sessions at the end of the conference that they were made for. */
    public enum AfterConference {
        /** They live on: the next conference needs no new login. */
        KEEP,
        FORGET
    }

    public static AuthenticationConfig xmpp(String domain, Duration lifetime, AfterConference afterConference) {
        return new AuthenticationConfig(Kind.XMPP, domain, lifetime, afterConference, MAX_SESSIONS);
    }

    /** With the lifetime and the end of sessions that Jicofo uses here, whatever is configured. */
    public static AuthenticationConfig jwt(String domain) {
        return new AuthenticationConfig(Kind.JWT, domain, JWT_LIFETIME, AfterConference.FORGET, MAX_SESSIONS);
    }
}
