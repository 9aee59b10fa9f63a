package org.confocal.focus.conference;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.BridgeRequests.Expiry;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.state.Features;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Invite.Closing;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.Audience;
import org.confocal.strategy.EndpointId;

/**
 * Who is in the room (spec/02, sections 5 and 14): members as their presence says, what becomes of their sessions when
 * they leave, and the one who is left alone (spec/03, section 9).
 */
final class MemberMachine {
    private static final TimerKey ALONE = new TimerKey.SingleParticipant();

    private final ConferenceConfig config;
    private final InviteMachine invites;
    private final InviteTurns turns;
    private final SignalingMachine signaling;
    private final BridgeRequests bridges;
    private final MoveMachine moves;
    private final OwnerMachine owners;

    MemberMachine(
            ConferenceConfig config,
            InviteMachine invites,
            InviteTurns turns,
            SignalingMachine signaling,
            BridgeRequests bridges,
            MoveMachine moves,
            OwnerMachine owners) {
        this.config = config;
        this.invites = invites;
        this.turns = turns;
        this.signaling = signaling;
        this.bridges = bridges;
        this.moves = moves;
        this.owners = owners;
    }

    /** Somebody is there: new, or with a new presence. */
    void present(Draft d, MemberPresence presence) {
        Set<Claim> claims = trusted(presence);
        Optional<Member> known = d.members.get(presence.id());
        if (known.isPresent()) {
            if (known.get().visitor() != (presence.role() == MemberRole.VISITOR)
                    && known.get().presence().role() != presence.role()) {
                d.log(Effect.Level.WARN, presence.id() + " changed its role to or from visitor, which is ignored");
            }
            d.members.put(presence.id(), known.get().with(presence, claims));
            owners.present(d, presence.id(), known.get().presence().realJid());
            return;
        }
        RequestId request = d.newRequest();
        Audience audience = presence.role() == MemberRole.VISITOR ? Audience.VISITOR : Audience.PARTICIPANT;
        Member member = Member.joined(presence, audience, claims, new Features.Asked(request));
        d.members.put(presence.id(), member);
        d.cancelTimer(new TimerKey.Start());
        if (invites.invitable(d) > 1) {
            d.cancelTimer(ALONE);
        }
        owners.present(d, presence.id(), Optional.empty());
        d.emit(new Effect.DiscoverFeatures(request, presence.id(), presence.caps()));
    }

    /** Somebody is gone, and with it everything the conference has of it. */
    void gone(Draft d, Member member) {
        EndpointId id = member.id();
        d.members.remove(id);
        turns.drop(d, id);
        d.cancelTimer(new TimerKey.SourceSignaling(id));
        d.cancelTimer(new TimerKey.Replace(id));
        // Nobody is told of its sources: clients clean up from presence (spec/03, section 8).
        d.sources = d.sources.without(id);
        signaling.forget(d, id);
        member.invite().allocation().ifPresent(where -> bridges.release(d, where, id, Expiry.NEEDED));
        owners.gone(d, member);
        watchAlone(d);
    }

    /** The timer of the one who is alone fired. */
    void alone(Draft d) {
        if (!d.life.phase().inRoom()) {
            // It is not known now who is there.
            d.startTimer(ALONE, config.singleParticipantTimeout());
            return;
        }
        if (invites.invitable(d) != 1) {
            throw new IllegalStateException("not alone: " + d.members.size() + " members");
        }
        for (Member member : d.members.values()) {
            if (invites.invitable(member) && mayBeIdle(member.invite())) {
                moves.close(d, member, Trigger.IDLE, Closing.IDLE);
            }
        }
    }

    /** One who stays alone keeps a session only so long. With a minimum of one, being alone is a conference. */
    private void watchAlone(Draft d) {
        if (invites.invitable(d) == 1 && config.minParticipants() > 1) {
            d.startTimer(ALONE, config.singleParticipantTimeout());
        } else {
            d.cancelTimer(ALONE);
        }
    }

    private static boolean mayBeIdle(Invite invite) {
        return InviteTable.next(invite.phase(), Trigger.IDLE).isPresent();
    }

    /** Only a real JID of a trusted domain makes a claim true. */
    private Set<Claim> trusted(MemberPresence presence) {
        boolean trusted = presence.realJid()
                .filter(jid -> config.trustedDomains().contains(jid.domain()))
                .isPresent();
        return trusted ? presence.claims() : EnumSet.noneOf(Claim.class);
    }
}
