package org.confocal.focus.port;

import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;

/** Replies to IQs that the focus received. */
public interface AnswerGateway {
    void acknowledge(StanzaRef stanza);

    void refuse(StanzaRef stanza, StanzaError error);

    void answer(StanzaRef stanza, ConferenceAnswer answer);

    void answer(StanzaRef stanza, AuthenticationReply reply);
}
