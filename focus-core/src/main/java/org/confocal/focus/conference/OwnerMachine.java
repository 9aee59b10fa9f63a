package org.confocal.focus.conference;

import java.util.Optional;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MemberRole;
import org.confocal.strategy.EndpointId;

/**
 * Keeps one member owner of the room where nobody else decides who may moderate (spec/02, section 8): an owner that is
 * there already, else whoever came first. Not in breakout rooms.
 */
final class OwnerMachine {
    private final ConferenceConfig config;

    OwnerMachine(ConferenceConfig config) {
        this.config = config;
    }

    /** Elects somebody where the room has no owner that is known of. */
    void elect(Draft d) {
        boolean known = d.life.owner().filter(d.members::contains).isPresent();
        if (!config.autoOwner() || d.life.breakout() || !d.life.phase().inRoom() || known) {
            return;
        }
        Optional<Member> owner = d.members.values().stream()
                .filter(OwnerMachine::eligible)
                .filter(member -> member.presence().role() == MemberRole.OWNER)
                .findFirst();
        Optional<Member> first = d.members.values().stream()
                .filter(OwnerMachine::eligible)
                .filter(member -> member.presence().realJid().isPresent())
                .findFirst();
        Optional<EndpointId> elected = owner.or(() -> first).map(Member::id);
        d.life = d.life.withOwner(elected);
        if (owner.isEmpty()) {
            first.flatMap(member -> member.presence().realJid())
                    .map(Jid::bare)
                    .ifPresent(jid -> d.emit(new Effect.GrantOwner(jid)));
        }
    }

    private static boolean eligible(Member member) {
        return !member.visitor() && !member.service();
    }
}
