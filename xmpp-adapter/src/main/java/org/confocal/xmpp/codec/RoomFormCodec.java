package org.confocal.xmpp.codec;

import java.util.Optional;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.RoomForm;
import org.confocal.strategy.RoomId;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.muc.packet.MUCOwner;
import org.jivesoftware.smackx.xdata.FormField;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.jxmpp.jid.Jid;

/** The owner's form of a room (XEP-0045 section 10, spec/02 section 5.1): four fields are read, one is set. */
public final class RoomFormCodec {
    private static final String FORM_TYPE = "http://jabber.org/protocol/muc#roomconfig";
    private static final String WHOIS = "muc#roomconfig_whois";
    private static final String MEETING_ID = "muc#roominfo_meetingId";
    private static final String BREAKOUT = "muc#roominfo_isbreakout";
    private static final String MAIN_ROOM = "muc#roominfo_breakout_main_room";
    private static final String PRESETS = "muc#roominfo_conference_presets_service_enabled";

    private RoomFormCodec() {}

    /** Asks for the form. */
    public static IQ question(Jid room) {
        MUCOwner iq = new MUCOwner();
        iq.setType(IQ.Type.get);
        iq.setTo(room);
        return iq;
    }

    /** What the form says; empty where the reply holds no form. */
    public static Optional<RoomForm> decode(IQ reply) {
        return Elements.first(reply, DataForm.class)
                .map(form -> new RoomForm(
                        value(form, MEETING_ID).map(MeetingId::new),
                        flag(form, BREAKOUT),
                        value(form, MAIN_ROOM).flatMap(RoomFormCodec::room),
                        flag(form, PRESETS)));
    }

    private static Optional<RoomId> room(String text) {
        try {
            return Optional.of(new RoomId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean flag(DataForm form, String name) {
        return value(form, name).filter(Attributes::truth).isPresent();
    }

    private static Optional<String> value(DataForm form, String name) {
        return Optional.ofNullable(form.getField(name))
                .flatMap(field -> Optional.ofNullable(field.getFirstValue()))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Makes real JIDs visible to everybody; all other settings stay (spec/01, section 5). */
    public static IQ whoisAnyone(Jid room) {
        MUCOwner iq = new MUCOwner();
        iq.setType(IQ.Type.set);
        iq.setTo(room);
        iq.addExtension(DataForm.builder(DataForm.Type.submit)
                .addField(FormField.buildHiddenFormType(FORM_TYPE))
                .addField(FormField.builder(WHOIS).setValue("anyone").build())
                .build());
        return iq;
    }
}
