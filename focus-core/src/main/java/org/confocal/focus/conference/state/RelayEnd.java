package org.confocal.focus.conference.state;

import org.confocal.focus.model.BridgeRequest.RelaySide;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.cascade.Link;
import org.confocal.strategy.cascade.MeshId;

/**
 * A bridge's end of a link to another bridge.
 *
 * @param at the bridge whose relay this is
 * @param peer the bridge at the other end
 * @param peerRelayId how {@code at} calls it
 * @param request the one that asked for the relay
 */
public record RelayEnd(
        BridgeId at, BridgeId peer, String peerRelayId, MeshId mesh, RelaySide side, RequestId request, Stage stage) {

    /** Which end of which link. */
    public record Key(BridgeId at, BridgeId peer) {
        public Key opposite() {
            return new Key(peer, at);
        }
    }

    /** How far this end is. */
    public enum Stage {
        /** The bridge was asked for it. */
        ASKED,
        /** Its transport was passed on to the other end. */
        PASSED_ON,
        /** Its transport is not one that may be passed on: nothing flows over the link. */
        WITHHELD,
        /** Something for it could not be sent: the link is made anew when the focus is back. */
        CUT_OFF
    }

    public Key key() {
        return new Key(at, peer);
    }

    public Link link() {
        return new Link(at, peer, mesh);
    }

    public RelayEnd with(Stage next) {
        return new RelayEnd(at, peer, peerRelayId, mesh, side, request, next);
    }
}
