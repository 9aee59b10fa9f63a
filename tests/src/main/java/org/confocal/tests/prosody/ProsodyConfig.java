package org.confocal.tests.prosody;

import java.nio.file.Path;
import java.util.List;

/**
 * What a Prosody is started with.
 *
 * @param pluginFolder where {@code mod_client_proxy.lua} and Confocal's own modules are
 * @param hibernationSeconds how long a lost session that has stream management stays (XEP-0198), and a lost component
 */
public record ProsodyConfig(
        FocusLogin focusLogin,
        Domains domains,
        int clientPort,
        int componentPort,
        Path pluginFolder,
        int hibernationSeconds) {
    /** The password of the component and of all accounts. */
    public static final String SECRET = "not-a-secret";

    /** The account of the bridges, in the {@link Domains#auth} domain. */
    public static final String BRIDGE_USER = "jvb";

    /** The account, and the user part of the component, of the focus. */
    public static final String FOCUS_USER = "focus";

    /** The account of a person, in the {@link Domains#auth} domain. */
    public static final String PERSON = "anna";

    /** With the names and times that tests use, on free ports. */
    public static ProsodyConfig forTests(FocusLogin focusLogin) {
        List<Integer> ports = ProsodyProcess.freePorts(2);
        return new ProsodyConfig(
                focusLogin, Domains.forTests(), ports.get(0), ports.get(1), ProsodyProcess.pluginFolder(), 15);
    }

    /** The same with another time for which lost sessions stay. */
    public ProsodyConfig hibernating(int seconds) {
        return new ProsodyConfig(focusLogin, domains, clientPort, componentPort, pluginFolder, seconds);
    }

    /** The configuration file's text; all paths are below {@code folder}. */
    String text(Path folder) {
        return global(folder) + hosts(folder) + focusHost();
    }

    private String global(Path folder) {
        return """
                run_as_root = true
                pidfile = "%1$s/prosody.pid"
                data_path = "%1$s/data"
                certificates = "%1$s/certs"
                plugin_paths = { "%2$s", "%1$s/plugins" }
                admins = { "%3$s" }
                log = { info = "%1$s/prosody.log" }
                interfaces = { "127.0.0.1" }
                c2s_ports = { %4$d }
                component_ports = { %5$d }
                component_interfaces = { "127.0.0.1" }
                network_settings = { tcp_backlog = 1024, nagle = false, read_size = 65536 }
                gc = { mode = "generational" }
                modules_enabled = { "roster", "saslauth", "tls", "disco", "ping", "smacks" }
                modules_disabled = { "s2s", "offline" }
                c2s_require_encryption = false
                allow_unencrypted_plain_auth = true
                authentication = "internal_hashed"
                storage = "internal"
                smacks_hibernation_time = %6$d
                smacks_max_queue_size = 10000
                """.formatted(
                folder, pluginFolder.toAbsolutePath(), focusJid(), clientPort, componentPort, hibernationSeconds);
    }

    private String hosts(Path folder) {
        String login = focusLogin == FocusLogin.CLIENT
                ? "modules_enabled = { \"confocal_resume\" }\n    ssl = { key = \"%1$s/certs/auth.key\", certificate = \"%1$s/certs/auth.crt\" }"
                        .formatted(folder)
                : "";
        return """

                VirtualHost "%s"
                    authentication = "anonymous"

                VirtualHost "%s"
                    %s

                Component "%s" "muc"
                    modules_enabled = { "mishaps" }
                    storage = "memory"
                    restrict_room_creation = true
                    muc_room_locking = false
                    muc_room_default_public_jids = true

                Component "%s" "muc"
                    storage = "memory"
                    muc_room_locking = false
                    muc_room_default_public_jids = true
                """.formatted(domains.main(), domains.auth(), login, domains.muc(), domains.internalMuc());
    }

    private String focusHost() {
        return switch (focusLogin) {
            case COMPONENT -> """

                Component "%s"
                    component_secret = "%s"
                    modules_enabled = { "confocal_hold" }
                    confocal_hold_seconds = %d
                """.formatted(domains.focus(), SECRET, hibernationSeconds);
            case CLIENT -> """

                Component "%s" "client_proxy"
                    target_address = "%s"
                """.formatted(domains.focus(), focusJid());
        };
    }

    /** The bare address of the focus. */
    public String focusJid() {
        return switch (focusLogin) {
            case COMPONENT -> FOCUS_USER + "@" + domains.focus();
            case CLIENT -> FOCUS_USER + "@" + domains.auth();
        };
    }
}
