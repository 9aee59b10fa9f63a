package org.confocal.focus.conference.state;

import org.confocal.focus.model.SessionId;
import org.confocal.focus.source.SourceQueue;

/**
 * A Jingle session.
 *
 * @param iceGeneration the last in-place ICE restart that the participant heard of; 0 before the first
 * @param queue what the participant has still to be told about the sources of others
 */
public record Session(SessionId id, int iceGeneration, SourceQueue queue) {
    public Session with(SourceQueue next) {
        return new Session(id, iceGeneration, next);
    }

    public Session withIceGeneration(int next) {
        return new Session(id, next, queue);
    }
}
