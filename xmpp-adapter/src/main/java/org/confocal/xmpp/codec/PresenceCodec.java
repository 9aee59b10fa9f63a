package org.confocal.xmpp.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.jitsi.xmpp.extensions.AbstractPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.BridgeNotAvailablePacketExt;
import org.jitsi.xmpp.extensions.jitsimeet.ComponentVersionsExtension;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceProperties;
import org.jitsi.xmpp.extensions.jitsimeet.EtherpadPacketExt;
import org.jitsi.xmpp.extensions.jitsimeet.FeatureExtension;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smackx.caps.packet.CapsExtension;
import org.jivesoftware.smackx.muc.MUCAffiliation;
import org.jivesoftware.smackx.muc.MUCRole;
import org.jivesoftware.smackx.muc.packet.MUCItem;
import org.jivesoftware.smackx.muc.packet.MUCUser;

/** Presences in rooms (spec/02, sections 6, 8 and 14): what members say of themselves, and what the focus says. */
public final class PresenceCodec {
    private static final int KICKED = 307;
    private static final int SELF = 110;
    private static final String SWITCH_ROOM = "switch_room";
    private static final String FOCUS = "focus";

    /** More codecs than this do not exist; the rest of such a list is ignored. */
    private static final int MAX_CODECS = 32;

    private PresenceCodec() {}

    /**
     * What an available presence of a member says. Empty where it is not from an occupant. A part that cannot be read counts
     * as not said. Never throws.
     */
    public static Optional<MemberPresence> member(Presence presence) {
        Optional<EndpointId> nick = Optional.ofNullable(presence.getFrom()).flatMap(Addresses::nick);
        if (nick.isEmpty()) {
            return Optional.empty();
        }
        Optional<MUCItem> item = item(presence);
        SourceInfoCodec.Unmuted unmuted = SourceInfoCodec.decode(presence);
        return Optional.of(new MemberPresence(
                nick.get(),
                item.flatMap(each -> Optional.ofNullable(each.getJid())).map(Addresses::jid),
                item.map(PresenceCodec::role).orElse(MemberRole.VISITOR),
                caps(presence),
                Elements.unqualifiedText(presence, "jitsi_participant_region").map(Region::new),
                statsId(presence),
                unmuted.audio(),
                unmuted.video(),
                codecs(presence),
                Elements.unqualifiedText(presence, "jitsi_participant_diarize")
                        .filter(Attributes::truth)
                        .isPresent(),
                claims(presence)));
    }

    private static Optional<MUCItem> item(Presence presence) {
        return Elements.first(presence, MUCUser.class).flatMap(each -> Optional.ofNullable(each.getItem()));
    }

    /** Affiliation first, then role (spec/02, section 8). */
    static MemberRole role(MUCItem item) {
        MUCAffiliation affiliation = item.getAffiliation();
        if (affiliation == MUCAffiliation.owner) {
            return MemberRole.OWNER;
        }
        if (affiliation == MUCAffiliation.admin || item.getRole() == MUCRole.moderator) {
            return MemberRole.MODERATOR;
        }
        return item.getRole() == MUCRole.participant ? MemberRole.PARTICIPANT : MemberRole.VISITOR;
    }

    /** Whether this is about the focus itself: status 110, or its own nick. */
    public static boolean isSelf(Presence presence, String ownNick) {
        return hasStatus(presence, SELF)
                || Optional.ofNullable(presence.getFrom())
                        .flatMap(Addresses::nick)
                        .filter(nick -> nick.value().equals(ownNick))
                        .isPresent();
    }

    /** Whether the room calls the receiver its owner. */
    public static boolean isOwner(Presence presence) {
        return item(presence)
                .filter(item -> item.getAffiliation() == MUCAffiliation.owner)
                .isPresent();
    }

    /** How a member left, from its unavailable presence. */
    public static Departure departure(Presence presence) {
        if (hasStatus(presence, KICKED)) {
            return Departure.KICKED;
        }
        String status = presence.getStatus();
        return status != null && status.strip().equals(SWITCH_ROOM) ? Departure.SWITCHED_ROOM : Departure.LEFT;
    }

    /** How the focus lost the room, from its own unavailable presence. */
    public static RoomLoss loss(Presence presence) {
        return Elements.first(presence, MUCUser.class)
                        .filter(each -> each.getDestroy() != null)
                        .isPresent()
                ? RoomLoss.DESTROYED
                : RoomLoss.KICKED;
    }

    private static boolean hasStatus(Presence presence, int code) {
        return Elements.first(presence, MUCUser.class)
                .filter(each -> each.getStatus().stream().anyMatch(status -> status.getCode() == code))
                .isPresent();
    }

    private static Optional<Caps> caps(Presence presence) {
        return Elements.first(presence, CapsExtension.class)
                .filter(caps -> caps.getNode() != null && caps.getVer() != null)
                .map(caps -> new Caps(caps.getNode(), caps.getVer()));
    }

    private static Optional<String> statsId(Presence presence) {
        return Elements.unqualifiedText(presence, "stats-id");
    }

    private static List<String> codecs(Presence presence) {
        Optional<String> list = Elements.unqualifiedText(presence, "jitsi_participant_codecList");
        Optional<String> written =
                list.isPresent() ? list : Elements.unqualifiedText(presence, "jitsi_participant_codecType");
        if (written.isEmpty()) {
            return List.of();
        }
        List<String> codecs = new ArrayList<>(
                Arrays.stream(written.get().toLowerCase(Locale.ROOT).split(",", MAX_CODECS + 1))
                        .limit(MAX_CODECS)
                        .map(String::strip)
                        .filter(codec -> !codec.isEmpty())
                        .distinct()
                        .toList());
        // Every client can receive VP8, said or not (spec/03, section 1).
        if (!codecs.contains("vp8")) {
            codecs.add("vp8");
        }
        return codecs;
    }

    private static Set<MemberPresence.Claim> claims(Presence presence) {
        Set<MemberPresence.Claim> claims = EnumSet.noneOf(MemberPresence.Claim.class);
        for (String feature : features(presence)) {
            switch (feature) {
                case "http://jitsi.org/protocol/jibri" -> claims.add(MemberPresence.Claim.JIBRI);
                case "http://jitsi.org/protocol/jigasi" -> claims.add(MemberPresence.Claim.JIGASI);
                case "http://jitsi.org/protocol/transcriber" -> claims.add(MemberPresence.Claim.TRANSCRIBER);
                default -> {}
            }
        }
        return claims;
    }

    /** The {@code <feature var>}s of {@code <features>}. */
    private static List<String> features(Presence presence) {
        Optional<ExtensionElement> features = Elements.unqualified(presence, "features");
        if (features.isEmpty()) {
            return List.of();
        }
        return switch (features.get()) {
            case AbstractPacketExtension element ->
                element.getChildExtensionsOfType(FeatureExtension.class).stream()
                        .flatMap(each -> Attributes.text(each, "var").stream())
                        .toList();
            case StandardExtensionElement element ->
                element.getElements().stream()
                        .filter(each -> each.getElementName().equals("feature"))
                        .flatMap(each -> Optional.ofNullable(each.getAttributeValue("var")).stream())
                        .toList();
            default -> List.of();
        };
    }

    /**
     * What the focus shows in a room (spec/02, section 6).
     *
     * @param version what clients show as the focus' version
     */
    public static List<ExtensionElement> focus(FocusPresence presence, String version) {
        List<ExtensionElement> extensions = new ArrayList<>();
        presence.etherpad().ifPresent(name -> extensions.add(EtherpadPacketExt.forDocumentName(name)));
        ComponentVersionsExtension versions = new ComponentVersionsExtension();
        versions.addComponentVersion(FOCUS, version);
        extensions.add(versions);
        ConferenceProperties properties = new ConferenceProperties();
        presence.properties().forEach(properties::put);
        extensions.add(properties);
        if (presence.bridgeNotAvailable()) {
            extensions.add(new BridgeNotAvailablePacketExt());
        }
        return extensions;
    }
}
