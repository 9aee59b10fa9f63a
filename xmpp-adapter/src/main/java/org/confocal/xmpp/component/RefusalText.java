package org.confocal.xmpp.component;

/** What an operator is told when the server does not want the component: which keys to look at, on which side. */
final class RefusalText {

    private RefusalText() {}

    static String of(String condition, ComponentConfig config) {
        return switch (condition) {
            case "not-authorized" ->
                "the secret is wrong: jicofo.xmpp.component.secret must be what Prosody has as component_secret of Component \""
                        + config.domain() + "\"";
            case "host-unknown" ->
                "the server has no such component: add Component \"" + config.domain()
                        + "\" with a component_secret to Prosody's configuration, or correct jicofo.xmpp.component.domain";
            case "conflict" ->
                "another component is connected as " + config.domain()
                        + ": stop the other focus, or give this one another jicofo.xmpp.component.domain";
            default -> "the server said " + condition;
        };
    }
}
