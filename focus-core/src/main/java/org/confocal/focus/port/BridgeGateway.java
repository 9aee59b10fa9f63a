package org.confocal.focus.port;

import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.RoomId;

/** Bridges, over the brewery's connection. Every method returns at once. */
public interface BridgeGateway {

    /** colibri2; ends in {@code BridgeAnswered}. Requests to one bridge leave in the order of the calls. */
    void modify(RoomId room, RequestId request, BridgeId bridge, BridgeRequest change);

    /**
     * Waits for the answer to a {@link #modify} of the process before this one, and sends nothing; ends in {@code
     * BridgeAnswered} like that, the time for the answer begins anew. Before the connection is started.
     */
    void await(RoomId room, RequestId request, BridgeId bridge);

    /** A health check IQ (spec/05, section 7); ends in {@link FocusInbox#bridgeChecked}. */
    void check(BridgeId bridge);
}
