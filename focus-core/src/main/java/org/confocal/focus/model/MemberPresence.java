package org.confocal.focus.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;

/**
 * What a member's presence in the room says (spec/02, section 14). The whole of it: a later presence replaces an earlier.
 *
 * @param id the nick
 * @param realJid the full JID behind the nick, where the room shows it
 * @param audioUnmuted whether it has an unmuted audio source; what is not said counts as muted
 * @param videoUnmuted whether it has an unmuted video source
 * @param codecs what it prefers to receive, lower case, best first
 * @param claims what it says it is; counts only for real JIDs of trusted domains
 */
public record MemberPresence(
        EndpointId id,
        Optional<Jid> realJid,
        MemberRole role,
        Optional<Caps> caps,
        Optional<Region> region,
        Optional<String> statsId,
        boolean audioUnmuted,
        boolean videoUnmuted,
        List<String> codecs,
        boolean diarize,
        Set<Claim> claims) {
    public MemberPresence {
        codecs = List.copyOf(codecs);
        claims = Set.copyOf(claims);
    }

    /** A service in a participant's clothes. */
    public enum Claim {
        JIBRI,
        JIGASI,
        TRANSCRIBER
    }
}
