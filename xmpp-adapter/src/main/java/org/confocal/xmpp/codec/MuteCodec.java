package org.confocal.xmpp.codec;

import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput.MuteRequested;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.jitsi.xmpp.extensions.jitsimeet.AbstractMuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteDesktopIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/** Mute requests and commands (spec/02, section 10). */
public final class MuteCodec {
    private MuteCodec() {}

    /** What {@code from} asks for in {@code room}; what the request leaves out is empty. */
    public static MuteRequested decode(AbstractMuteIq iq, StanzaRef stanza, RoomId room, EndpointId from) {
        return new MuteRequested(
                stanza,
                from,
                Optional.ofNullable(iq.getJid()).map(target -> target(target, room)),
                media(iq),
                Optional.ofNullable(iq.getMute()));
    }

    /** The nick; a JID that is not of this room stays whole, so that nobody is found under it. */
    private static EndpointId target(Jid target, RoomId room) {
        return Addresses.room(target)
                .filter(room::equals)
                .flatMap(same -> Addresses.nick(target))
                .orElseGet(() -> new EndpointId(target.toString()));
    }

    private static MutedMedia media(AbstractMuteIq iq) {
        return switch (iq) {
            case MuteVideoIq video -> MutedMedia.VIDEO;
            case MuteDesktopIq desktop -> MutedMedia.DESKTOP;
            default -> MutedMedia.AUDIO;
        };
    }

    /** Tells {@code to} that {@code actor} muted it. */
    public static IQ mute(Jid to, MutedMedia media, Jid actor) {
        AbstractMuteIq iq = switch (media) {
            case AUDIO -> new MuteIq();
            case VIDEO -> new MuteVideoIq();
            case DESKTOP -> new MuteDesktopIq();
        };
        iq.setType(IQ.Type.set);
        iq.setTo(to);
        iq.setActor(actor);
        iq.setMute(true);
        return iq;
    }
}
