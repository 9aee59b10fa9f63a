package org.confocal.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.authentication.AuthenticationConfig.AfterConference;

/** Reads how people authenticate: {@code jicofo.authentication} (spec/02, section 4). */
final class AuthenticationSettings {
    private static final String KEYS = "jicofo.authentication.";
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(10);
    private static final String NONE = "NONE";

    private final SettingsReader reader;

    AuthenticationSettings(SettingsReader reader) {
        this.reader = reader;
    }

    /** Empty where it is switched off, or the type is NONE. */
    Optional<AuthenticationConfig> read() {
        boolean enabled = reader.flag(KEYS + "enabled");
        String type = reader.choice(KEYS + "type", Map.of(NONE, NONE, "XMPP", "XMPP", "JWT", "JWT"));
        Duration lifetime = reader.duration(KEYS + "authentication-lifetime", SHORTEST_LIFETIME);
        AfterConference afterwards =
                reader.flag(KEYS + "enable-auto-login") ? AfterConference.KEEP : AfterConference.FORGET;
        if (!enabled || type.equals(NONE)) {
            return Optional.empty();
        }
        return reader.required(
                        KEYS + "login-url",
                        "the domain of the accounts that may open rooms, as in meet.example.org",
                        XmppSettings::parseDomain)
                .map(domain -> switch (type) {
                    case "JWT" -> AuthenticationConfig.jwt(domain.toString());
                    default -> AuthenticationConfig.xmpp(domain.toString(), lifetime, afterwards);
                });
    }

    /** Whether it looks as if people had to log in, and they need not. */
    boolean isOpen() {
        return reader.flag(KEYS + "enabled")
                && reader.text(KEYS + "type").filter(NONE::equalsIgnoreCase).isPresent();
    }
}
