package org.confocal.xmpp.gateway;

import org.confocal.xmpp.codec.Recorded;
import org.jivesoftware.smack.packet.Presence;

/** Presences as a MUC sends them. */
final class Presences {
    private Presences() {}

    static Presence self(String room, String affiliation) {
        return presence(
                room + "/focus",
                "",
                item(affiliation, "moderator", "focus@auth.meet.jitsi/focus") + "<status code='110'/>",
                "");
    }

    static Presence selfLeft(String room, String more) {
        return presence(
                room + "/focus",
                "unavailable",
                item("none", "none", "focus@auth.meet.jitsi/focus") + more + "<status code='110'/>",
                "");
    }

    static Presence member(String room, String nick, String more) {
        return presence(room + "/" + nick, "", item("none", "participant", nick + "@meet.jitsi/res"), more);
    }

    static Presence memberLeft(String room, String nick, String muc, String more) {
        return presence(room + "/" + nick, "unavailable", item("none", "none", nick + "@meet.jitsi/res") + muc, more);
    }

    static Presence error(String from, String type, String condition) {
        return Recorded.parse(
                "<presence xmlns='jabber:client' type='error' from='" + from + "'><error type='" + type + "'><"
                        + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>",
                Presence.class);
    }

    static Presence bridge(String brewery, String nick, String stats) {
        return presence(
                brewery + "/" + nick,
                "",
                item("owner", "moderator", nick + "@auth.meet.jitsi/x"),
                "<stats xmlns='http://jitsi.org/protocol/colibri'>" + stats + "</stats>");
    }

    private static String item(String affiliation, String role, String jid) {
        return "<item affiliation='" + affiliation + "' role='" + role + "' jid='" + jid + "'/>";
    }

    private static Presence presence(String from, String type, String muc, String more) {
        String attribute = type.isEmpty() ? "" : " type='" + type + "'";
        return Recorded.parse(
                "<presence xmlns='jabber:client' from='" + from + "' to='focus@auth.meet.jitsi/focus'" + attribute + ">"
                        + more + "<x xmlns='http://jabber.org/protocol/muc#user'>" + muc + "</x></presence>",
                Presence.class);
    }
}
