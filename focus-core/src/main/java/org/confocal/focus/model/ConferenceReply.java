package org.confocal.focus.model;

/** What somebody who asked for a conference is told. */
public sealed interface ConferenceReply permits ConferenceAnswer, ConferenceReply.Refused {

    /** It may not be; the condition says why (spec/02, sections 2 and 4). */
    record Refused(StanzaError error) implements ConferenceReply {}
}
