package org.confocal.xmpp;

import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.jitsi.xmpp.stringprep.JitsiXmppStringprep;
import org.jivesoftware.smack.ReconnectionManager;
import org.jivesoftware.smack.Smack;
import org.jivesoftware.smackx.bytestreams.socks5.Socks5Proxy;
import org.jxmpp.JxmppContext;
import org.jxmpp.jid.impl.JidCreate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Smack and jxmpp keep for the whole JVM, set in this one place. Everything that differs between two focuses is set on
 * their connections instead.
 */
public final class SmackSettings {

    private static final Logger LOG = LoggerFactory.getLogger(SmackSettings.class);

    // Not configuration: what the JVM's one stringprep has been set to.
    private static final AtomicReference<JidCheck> CHECK = new AtomicReference<>(JidCheck.UNDECIDED);

    // Held here because java.util.logging forgets the level of a logger that nobody holds.
    private static final java.util.logging.Logger SMACK_LOG =
            java.util.logging.Logger.getLogger("org.jivesoftware.smack");

    /** {@code use-jitsi-jid-validation}. */
    public enum JidCheck {
        /** Nobody has asked yet. */
        UNDECIDED,
        /** Underscores in host names and the like, as real installations have them. */
        RELAXED,
        /** RFC 7622 to the letter. */
        STRICT
    }

    private SmackSettings() {}

    /** With the relaxed check, unless it was decided before. */
    public static void apply() {
        apply(CHECK.get() == JidCheck.STRICT ? JidCheck.STRICT : JidCheck.RELAXED);
    }

    /**
     * Call before the first JID is made. The first decision stays: JIDs are compared across connections, so there is only
     * one way to read them in a JVM.
     */
    public static void apply(JidCheck check) {
        if (!CHECK.compareAndSet(JidCheck.UNDECIDED, check)) {
            if (CHECK.get() != check) {
                LOG.warn("JIDs stay {} in this JVM: another focus decided so before", CHECK.get());
            }
            return;
        }
        if (check == JidCheck.RELAXED) {
            // The first JID ever made would set the default again.
            JidCreate.fromOrThrowUnchecked("example.org");
            JxmppContext.setDefaultXmppStringprep(JitsiXmppStringprep.Companion.getINSTANCE());
        }
        Smack.ensureInitialized();
        ReconnectionManager.setEnabledPerDefault(false); // ours has the back-off
        if (SMACK_LOG.getLevel() == null) {
            SMACK_LOG.setLevel(Level.SEVERE); // a stack trace for every attempt to connect; ours is one line
        }
        Socks5Proxy.setLocalSocks5ProxyEnabled(false); // a listening port nobody asked for
        StanzaProviders.register();
    }
}
