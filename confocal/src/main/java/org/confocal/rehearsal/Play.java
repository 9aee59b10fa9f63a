package org.confocal.rehearsal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.confocal.xmpp.stream.XmlElement;

/**
 * What happens to the focus in rehearsal, over and over: somebody asks for a conference, the focus comes, so do others; each is
 * invited, accepts, mutes, changes a source and goes. A room's next step follows from what the focus says, so no time has to
 * be kept. What the focus asks and nobody here knows is answered with an empty result. Used by one thread, {@link #played} by any.
 */
final class Play {
    static final String ROOMS = "muc.rehearsal.invalid";

    private static final String JINGLE = "urn:xmpp:jingle:1";
    private static final String COLIBRI = "jitsi:colibri2";
    private static final String OWNER = "http://jabber.org/protocol/muc#owner";
    private static final String DISCO = "http://jabber.org/protocol/disco#info";
    private static final String FOCUS = "/focus";
    private static final String BRIDGE = Stage.BREWERY + "/jvb";
    private static final int PEOPLE = 4;

    private final int rooms;
    private final Consumer<String> say;
    private final Props props = new Props();
    private final Map<String, Room> open = new HashMap<>();
    private boolean ready;
    private int begun;
    private int over;
    private final AtomicInteger played = new AtomicInteger();

    /** One room; who has come this far. */
    private static final class Room {
        private final Map<String, String> sessions = new HashMap<>();
        private int accepted;
        private int changed;
    }

    /** @param say sends a stanza to the focus */
    Play(int rooms, Consumer<String> say) {
        this.rooms = rooms;
        this.say = say;
    }

    boolean isOver() {
        return over >= rooms;
    }

    int played() {
        return played.get();
    }

    void take(XmlElement stanza) {
        switch (stanza.name()) {
            case "presence" -> presence(stanza);
            case "iq" -> iq(stanza);
            default -> {}
        }
    }

    private static String to(XmlElement stanza) {
        return stanza.attribute("to").orElse("");
    }

    private void presence(XmlElement presence) {
        String to = to(presence);
        if (!to.endsWith(FOCUS)) {
            return;
        }
        String room = to.substring(0, to.length() - FOCUS.length());
        if (presence.attribute("type").isPresent()) {
            left(room);
            return;
        }
        boolean enters = presence.element("x", "http://jabber.org/protocol/muc").isPresent();
        say.accept(Props.focusPresent(to));
        if (enters && room.equals(Stage.BREWERY)) {
            say.accept(Props.bridge(BRIDGE));
        }
    }

    /** The focus has left the room: it is over. */
    private void left(String room) {
        say.accept(Props.gone(room + FOCUS, Stage.DOMAIN));
        Room ended = open.remove(room);
        if (ended == null) {
            return;
        }
        if (ended.changed == PEOPLE) {
            played.incrementAndGet();
        }
        over++;
    }

    /** Whether the focus is there, the last room is over, and there is another one. */
    boolean waitsForNext() {
        return ready && open.isEmpty() && begun < rooms;
    }

    /** Somebody asks for the next room. */
    void next() {
        String room = "room" + begun++ + "@" + ROOMS;
        open.put(room, new Room());
        say.accept(Props.request(room));
    }

    private void iq(XmlElement iq) {
        String type = iq.attribute("type").orElse("");
        String id = iq.attribute("id").orElse("");
        Optional<XmlElement> payload = iq.elements().stream().findFirst();
        switch (type) {
            case "get", "set" -> {
                String namespace = payload.map(XmlElement::namespace).orElse("");
                say.accept(Props.result(
                        iq, payload.map(asked -> answer(asked, type)).orElse("")));
                if (namespace.equals(JINGLE)) {
                    jingle(to(iq), payload.orElseThrow());
                } else if (namespace.equals(OWNER) && type.equals("set")) {
                    entered(to(iq));
                }
            }
            case "result" -> answered(id);
            default -> {}
        }
    }

    private String answer(XmlElement asked, String type) {
        return switch (asked.namespace()) {
            case COLIBRI -> props.modified(asked);
            case OWNER -> type.equals("get") ? Props.form() : "";
            case DISCO -> Props.features();
            default -> "";
        };
    }

    /** The focus is ready in the room: in the brewery nothing more happens, elsewhere people come. */
    private void entered(String room) {
        if (room.equals(Stage.BREWERY)) {
            ready = true;
        } else if (open.containsKey(room)) {
            for (int person = 0; person < PEOPLE; person++) {
                say.accept(Props.present(room, nick(person), false));
            }
        }
    }

    private static String nick(int person) {
        return "0000000" + person;
    }

    /** Somebody is told something: an invitation is accepted. */
    private void jingle(String occupant, XmlElement jingle) {
        int slash = occupant.indexOf('/');
        Room room = slash < 0 ? null : open.get(occupant.substring(0, slash));
        if (room == null || !jingle.attribute("action").equals(Optional.of("session-initiate"))) {
            return;
        }
        String nick = occupant.substring(slash + 1);
        String sid = jingle.attribute("sid").orElse("");
        room.sessions.put(nick, sid);
        String name = occupant.substring(0, slash);
        say.accept(Props.jingle(name, nick, "accept", props.accept(sid, nick)));
    }

    /** The focus has answered somebody: the next step of that room, once all have come so far. */
    private void answered(String id) {
        String[] words = id.split(":", -1);
        Room room = words.length == 3 ? open.get(words[1] + "@" + ROOMS) : null;
        if (room == null) {
            return;
        }
        String name = words[1] + "@" + ROOMS;
        switch (words[0]) {
            case "accept" -> {
                room.accepted++;
                if (room.accepted == PEOPLE) {
                    room.sessions.forEach((nick, sid) -> {
                        say.accept(Props.present(name, nick, true));
                        say.accept(Props.jingle(name, nick, "change", props.sourceAdd(sid, nick)));
                    });
                }
            }
            case "change" -> {
                room.changed++;
                if (room.changed == PEOPLE) {
                    List.copyOf(room.sessions.keySet())
                            .forEach(nick -> say.accept(Props.gone(name + "/" + nick, Stage.DOMAIN + FOCUS)));
                }
            }
            default -> {}
        }
    }
}
