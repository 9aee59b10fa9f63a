package org.confocal.rehearsal;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.confocal.xmpp.stream.XmlElement;
import org.confocal.xmpp.stream.XmlText;

/** The texts of the rehearsal's stanzas, in the shape that spec/02 to spec/07 give them. Used by one thread. */
final class Props {
    private static final String FOCUS = "focus@" + Stage.DOMAIN + "/focus";
    private static final String PEOPLE = "rehearsal.invalid";
    private static final String COLIBRI = "jitsi:colibri2";
    private static final String FINGERPRINT =
            "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='%s'>"
                    + IntStream.range(0, 32)
                            .mapToObj(each -> String.format(Locale.ROOT, "%02X", each * 7))
                            .collect(Collectors.joining(":"))
                    + "</fingerprint>";

    private static final String FEATURES = """
            http://jitsi.org/json-encoded-sources
            http://jitsi.org/receive-multiple-video-streams
            http://jitsi.org/remb
            http://jitsi.org/source-name
            http://jitsi.org/tcc
            urn:ietf:rfc:4588
            urn:xmpp:jingle:1
            urn:xmpp:jingle:apps:dtls:0
            urn:xmpp:jingle:apps:rtp:1
            urn:xmpp:jingle:apps:rtp:audio
            urn:xmpp:jingle:apps:rtp:video
            urn:xmpp:jingle:transports:ice-udp:1
            """;

    private long ssrcs = 1_000_000;

    private static String escaped(String text) {
        return XmlText.escape(text);
    }

    static String result(XmlElement iq, String payload) {
        return "<iq type='result' id='" + escaped(iq.attribute("id").orElse("")) + "' from='"
                + escaped(iq.attribute("to").orElse("")) + "' to='"
                + escaped(iq.attribute("from").orElse(FOCUS)) + "'>" + payload + "</iq>";
    }

    /** Somebody asks for the conference of this room. */
    static String request(String room) {
        String name = room.substring(0, room.indexOf('@'));
        return "<iq type='set' id='request:" + name + ":0' from='0@" + PEOPLE + "/r' to='" + Stage.DOMAIN
                + "'><conference xmlns='http://jitsi.org/protocol/focus' machine-uid='rehearsal' room='" + room
                + "'><property name='rtcstatsEnabled' value='false'/><property name='visitors-version' value='1'/>"
                + "</conference></iq>";
    }

    private static String presence(String from, String type, String content) {
        return "<presence from='" + from + "' to='" + FOCUS + "'" + type + ">" + content + "</presence>";
    }

    private static String user(String item) {
        return "<x xmlns='http://jabber.org/protocol/muc#user'>" + item + "</x>";
    }

    /** The focus' own presence, as the room sends it back. */
    static String focusPresent(String occupant) {
        return presence(
                occupant,
                "",
                user("<item affiliation='owner' role='moderator' jid='" + FOCUS
                        + "'/><status code='100'/><status code='110'/>"));
    }

    static String gone(String occupant, String who) {
        String self = occupant.endsWith("/focus") ? "<status code='110'/>" : "";
        return presence(occupant, " type='unavailable'", user("<item affiliation='none' role='none'/>" + self));
    }

    /** A participant's. */
    static String present(String room, String nick, boolean muted) {
        String sources =
                "{\"" + nick + "-a0\":{\"muted\":" + muted + "},\"" + nick + "-v0\":{\"muted\":" + muted + "}}";
        return presence(
                room + "/" + nick,
                "",
                "<stats-id>Someone-" + nick + "</stats-id><SourceInfo>" + escaped(sources) + "</SourceInfo>"
                        + "<jitsi_participant_codecList>vp8,vp9</jitsi_participant_codecList>"
                        + "<nick xmlns='http://jabber.org/protocol/nick'>" + nick + "</nick>"
                        + user("<item affiliation='none' role='participant' jid='" + nick + "@" + PEOPLE + "/r'/>"));
    }

    /** The bridge's, in the brewery. */
    static String bridge(String occupant) {
        String stats = """
                stress_level=0.0
                packet_rate_download=0
                packet_rate_upload=0
                bit_rate_download=0
                bit_rate_upload=0
                conferences=0
                participants=0
                average_participant_stress=0.00001
                graceful_shutdown=false
                shutting_down=false
                drain=false
                healthy=true
                version=2.3.rehearsal
                relay_id=rehearsal
                region=rehearsal
                """;
        return presence(
                occupant,
                "",
                "<stats xmlns='http://jitsi.org/protocol/colibri'>"
                        + stats.lines()
                                .map(line -> line.split("=", -1))
                                .map(stat -> "<stat name='" + stat[0] + "' value='" + stat[1] + "'/>")
                                .collect(Collectors.joining())
                        + "</stats>"
                        + user("<item affiliation='owner' role='moderator' jid='jvb@" + PEOPLE + "/jvb'/>"));
    }

    /** The owner's form of a room. */
    static String form() {
        return "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='form'>"
                + "<field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
                + "<field var='muc#roomconfig_whois' type='list-single'><value>moderators</value></field>"
                + "</x></query>";
    }

    /** What a client supports. */
    static String features() {
        return FEATURES.lines()
                .map(feature -> "<feature var='" + feature + "'/>")
                .collect(Collectors.joining("", "<query xmlns='http://jabber.org/protocol/disco#info'>", "</query>"));
    }

    /** What a bridge answers to a request for changes (spec/04). */
    String modified(XmlElement request) {
        StringBuilder answer = new StringBuilder("<conference-modified xmlns='" + COLIBRI + "'>");
        for (XmlElement entry : request.elements()) {
            if (entry.name().equals("endpoint")) {
                String id = escaped(entry.attribute("id").orElse(""));
                answer.append("<endpoint id='").append(id).append("'>");
                if (entry.attribute("create").equals(Optional.of("true"))) {
                    answer.append("<transport>").append(transport("actpass")).append("</transport>");
                }
                answer.append("</endpoint>");
            }
        }
        if (request.attribute("create").equals(Optional.of("true"))) {
            answer.append("<sources>")
                    .append(feedback("audio", "jvb-a0"))
                    .append(feedback("video", "jvb-v0"))
                    .append("</sources>");
        }
        return answer.append("</conference-modified>").toString();
    }

    private String feedback(String media, String name) {
        return "<media-source type='" + media + "' id='" + name
                + "'><source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' name='" + name + "' ssrc='"
                + ++ssrcs + "'/></media-source>";
    }

    private static String transport(String setup) {
        return "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' pwd='rehearsalrehearsalrehearsa' ufrag='rehearsal'>"
                + "<rtcp-mux/>" + FINGERPRINT.formatted(setup)
                + "<web-socket xmlns='http://jitsi.org/protocol/colibri' url='wss://rehearsal.invalid/colibri-ws/jvb/1/2'/>"
                + "<candidate type='host' protocol='udp' component='1' network='0' ip='192.0.2.2' foundation='1'"
                + " id='rehearsal' generation='0' priority='2130706431' port='10000'/></transport>";
    }

    /** @param id what the focus' answer is known by */
    static String jingle(String room, String nick, String id, String content) {
        return "<iq type='set' id='" + id + ":" + room.substring(0, room.indexOf('@')) + ":" + nick + "' from='" + room
                + "/" + nick + "' to='" + FOCUS + "'>" + content + "</iq>";
    }

    private static String begin(String action, String sid) {
        return "<jingle xmlns='urn:xmpp:jingle:1' action='" + action + "' sid='" + escaped(sid) + "' initiator='"
                + FOCUS + "'>";
    }

    String accept(String sid, String nick) {
        return begin("session-accept", sid)
                + content("audio", "<payload-type id='111' name='opus' clockrate='48000' channels='2'/>", audio(nick))
                + content("video", "<payload-type id='100' name='VP8' clockrate='90000' channels='1'/>", video(nick, 0))
                + "</jingle>";
    }

    String sourceAdd(String sid, String nick) {
        return begin("source-add", sid)
                + "<content creator='initiator' name='video'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'>"
                + video(nick, 1) + "</description></content></jingle>";
    }

    private static String content(String media, String payload, String sources) {
        return "<content creator='responder' name='" + media + "' senders='both'>"
                + "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='" + media + "'>" + payload + sources
                + "<rtcp-mux/></description>" + transport("active") + "</content>";
    }

    private static String source(String name, long ssrc, String more) {
        return "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' name='" + name + "' ssrc='" + ssrc + "'" + more
                + "><parameter name='msid' value='" + name + "-1 track-" + name + "'/></source>";
    }

    private String audio(String nick) {
        return source(nick + "-a0", ++ssrcs, "");
    }

    private String video(String nick, int index) {
        String name = nick + "-v" + index;
        String type = index == 0 ? " videoType='camera'" : " videoType='desktop'";
        long first = ssrcs + 1;
        ssrcs += 6;
        return IntStream.range(0, 6)
                        .mapToObj(each -> source(name, first + each, type))
                        .collect(Collectors.joining())
                + group("SIM", first, first + 1, first + 2)
                + group("FID", first, first + 3)
                + group("FID", first + 1, first + 4)
                + group("FID", first + 2, first + 5);
    }

    private static String group(String semantics, long... ssrcs) {
        return "<ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='" + semantics + "'>"
                + LongStream.of(ssrcs)
                        .mapToObj(ssrc -> "<source ssrc='" + ssrc + "'/>")
                        .collect(Collectors.joining())
                + "</ssrc-group>";
    }
}
