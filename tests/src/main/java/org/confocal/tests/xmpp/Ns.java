package org.confocal.tests.xmpp;

/** Namespaces, by the names that the specifications give them. */
public final class Ns {
    public static final String CLIENT = "jabber:client";
    public static final String STREAMS = "http://etherx.jabber.org/streams";
    public static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    public static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    public static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    public static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    public static final String CAPS = "http://jabber.org/protocol/caps";
    public static final String MUC = "http://jabber.org/protocol/muc";
    public static final String MUC_USER = "http://jabber.org/protocol/muc#user";
    public static final String MUC_OWNER = "http://jabber.org/protocol/muc#owner";
    public static final String MUC_ADMIN = "http://jabber.org/protocol/muc#admin";
    public static final String DATA_FORM = "jabber:x:data";
    public static final String NICK = "http://jabber.org/protocol/nick";
    public static final String PING = "urn:xmpp:ping";
    public static final String VERSION = "jabber:iq:version";

    public static final String JINGLE = "urn:xmpp:jingle:1";
    public static final String JINGLE_ERRORS = "urn:xmpp:jingle:errors:1";
    public static final String RTP = "urn:xmpp:jingle:apps:rtp:1";
    public static final String RTCP_FB = "urn:xmpp:jingle:apps:rtp:rtcp-fb:0";
    public static final String HDREXT = "urn:xmpp:jingle:apps:rtp:rtp-hdrext:0";
    public static final String SSMA = "urn:xmpp:jingle:apps:rtp:ssma:0";
    public static final String ICE = "urn:xmpp:jingle:transports:ice-udp:1";
    public static final String DTLS = "urn:xmpp:jingle:apps:dtls:0";
    public static final String GROUPING = "urn:xmpp:jingle:apps:grouping:0";

    public static final String COLIBRI = "http://jitsi.org/protocol/colibri";
    public static final String COLIBRI2 = "jitsi:colibri2";
    public static final String HEALTH_CHECK = "http://jitsi.org/protocol/healthcheck";
    public static final String FOCUS = "http://jitsi.org/protocol/focus";
    public static final String JITMEET = "http://jitsi.org/jitmeet";
    public static final String TRACING = "jitsi:opentelemetry";

    private Ns() {}
}
