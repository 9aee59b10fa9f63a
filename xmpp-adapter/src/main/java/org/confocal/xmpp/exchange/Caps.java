package org.confocal.xmpp.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.confocal.xmpp.FocusIdentity;
import org.jivesoftware.smackx.caps.packet.CapsExtension;

/** Entity capabilities (XEP-0115, section 5.1) of an identity. */
final class Caps {

    private Caps() {}

    static CapsExtension of(FocusIdentity identity) {
        return new CapsExtension(identity.node(), version(identity), "sha-1");
    }

    static String version(FocusIdentity identity) {
        StringBuilder text =
                new StringBuilder(identity.category() + "/" + identity.type() + "//" + identity.name() + "<");
        identity.features().forEach(feature -> text.append(feature).append('<'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
