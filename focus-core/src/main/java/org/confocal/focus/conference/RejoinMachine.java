package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.BridgeRequests.Expiry;
import org.confocal.focus.conference.MoveMachine.Turn;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.RoomForm;
import org.confocal.strategy.EndpointId;

/**
 * Compares the room with what the conference believes, after the focus has been away (design, section 6), and repairs the
 * difference. Who is still there, by its real JID, keeps its session: media never stopped.
 */
// Jicofo gives a conference up when its stream breaks, and everybody starts over; we do not, because bridges and people
// are still there.
final class RejoinMachine {
    private final MemberMachine members;
    private final MoveMachine moves;
    private final SignalingMachine signaling;
    private final AllocationMachine allocation;
    private final RelayMachine relays;
    private final OwnerMachine owners;

    RejoinMachine(
            MemberMachine members,
            MoveMachine moves,
            SignalingMachine signaling,
            AllocationMachine allocation,
            RelayMachine relays,
            OwnerMachine owners) {
        this.members = members;
        this.moves = moves;
        this.signaling = signaling;
        this.allocation = allocation;
        this.relays = relays;
        this.owners = owners;
    }

    void compare(Draft d, RoomForm form, List<MemberPresence> occupants) {
        Map<EndpointId, MemberPresence> present = new HashMap<>();
        occupants.forEach(occupant -> present.put(occupant.id(), occupant));
        MeetingId meeting = form.meetingId().or(d.life::meeting).orElseGet(d::newMeeting);
        boolean sameMeeting = d.life.meeting().equals(Optional.of(meeting));
        for (Member member : d.members.values()) {
            Optional<MemberPresence> there = Optional.ofNullable(present.get(member.id()));
            // A room that was made anew has another meeting id, which bridges would not know these sessions by.
            if (!sameMeeting || there.isEmpty() || isAnother(member.presence(), there.get())) {
                members.gone(d, member);
            }
        }
        if (!sameMeeting) {
            d.life = d.life.withRoom(meeting, form.breakout(), form.mainRoom());
            d.emit(new Effect.ClaimMeetingId(meeting));
        }
        List<EndpointId> stayed = d.members.values().stream().map(Member::id).toList();
        occupants.forEach(occupant -> members.present(d, occupant));
        owners.restored(d, stayed);
        catchUp(d);
    }

    /** What could not be said while nobody listened is said now. */
    private void catchUp(Draft d) {
        List<Member> offered = new ArrayList<>();
        for (Member member : d.members.values()) {
            if (member.invite() instanceof Invite.Offered) {
                offered.add(member);
            }
        }
        // It is not known whether the offer, or its accept, was lost.
        for (Member member : offered) {
            d.members.get(member.id()).ifPresent(now -> moves.one(d, now, Expiry.NEEDED, Turn.PACED));
        }
        signaling.flushAll(d);
        relays.mend(d);
        allocation.awaitMissing(d);
        allocation.unserved(d);
    }

    private static boolean isAnother(MemberPresence before, MemberPresence now) {
        Optional<Jid> known = before.realJid();
        return known.isPresent() && now.realJid().isPresent() && !known.equals(now.realJid());
    }
}
