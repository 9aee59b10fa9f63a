package org.confocal.focus.view;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.confocal.focus.model.ConferenceReply;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.strategy.RoomId;

/** The focus as an operator sees it. Called from any thread; nothing here waits for a conference. */
public interface FocusView {

    /** Everything that is counted, at this moment. */
    FocusSnapshot snapshot();

    /** Everything that is measured, at this moment. */
    FocusMeasures measures();

    /**
     * One conference's state as a tree of maps, lists, strings, numbers and booleans, with Jicofo's keys where it has
     * them (spec/06, section 8); empty where there is no such conference.
     */
    Optional<Map<String, Object>> conferenceDebug(RoomId room);

    /** The MUC service of breakout rooms, as the server says; empty where there is none. */
    Optional<String> breakoutService();

    /** Why people are where they are. */
    Explanations explanations();

    /**
     * A conference request that came over HTTP. The origin in {@code request} is replaced.
     *
     * @return completes with the answer; with {@code ready=false} where the conference is not there in time; with a refusal
     *     where the sender has not authenticated and must
     */
    CompletionStage<ConferenceReply> request(ConferenceRequest request);
}
