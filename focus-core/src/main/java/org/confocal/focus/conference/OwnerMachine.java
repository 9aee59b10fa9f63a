package org.confocal.focus.conference;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.config.OwnerRule;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MemberRole;
import org.confocal.strategy.EndpointId;

/**
 * Makes members owners of the room (spec/02, section 8). Where nobody has to log in: one member, an owner that is there
 * already, else whoever came first; not in breakout rooms. Where people authenticate: all who have, in every room. Never
 * visitors and services.
 */
final class OwnerMachine {
    private final OwnerRule rule;

    OwnerMachine(OwnerRule rule) {
        this.rule = rule;
    }

    /**
     * Somebody came, or its presence changed.
     *
     * @param knownAs its real JID as it was known before
     */
    void present(Draft d, EndpointId id, Optional<Jid> knownAs) {
        switch (rule) {
            case OwnerRule.FirstComer first -> elect(d);
            case OwnerRule.Authenticated accounts ->
                // Once for an address: whoever takes the ownership away from somebody later wants it so.
                d.members
                        .get(id)
                        .filter(member -> !member.presence().realJid().equals(knownAs))
                        .ifPresent(member -> grant(d, accounts, member));
            case OwnerRule.Nobody nobody -> {}
        }
    }

    /** Somebody left. */
    void gone(Draft d, Member member) {
        switch (rule) {
            case OwnerRule.FirstComer first -> elect(d);
            case OwnerRule.Authenticated accounts ->
                member.presence().realJid().ifPresent(user -> d.life = d.life.withoutAuthenticated(user));
            case OwnerRule.Nobody nobody -> {}
        }
    }

    /**
     * The focus is back in a room that may have been made anew, and then forgot who was owner.
     *
     * @param stayed who was a member before, too
     */
    void restored(Draft d, List<EndpointId> stayed) {
        if (rule instanceof OwnerRule.Authenticated accounts) {
            stayed.forEach(id -> d.members.get(id).ifPresent(member -> grant(d, accounts, member)));
        }
    }

    /** Somebody has authenticated, and may be in the room already. */
    void authenticated(Draft d, Jid user) {
        if (!(rule instanceof OwnerRule.Authenticated accounts) || isAccount(accounts, user)) {
            return;
        }
        d.life = d.life.withAuthenticated(user);
        d.members.values().stream()
                .filter(member -> member.presence().realJid().equals(Optional.of(user)))
                .forEach(member -> grant(d, accounts, member));
    }

    // Jicofo wants a session of every owner; we take the address of an account for as good, because Prosody gives it to
    // nobody who has not authenticated, and who asked over HTTP has a session without an address.
    private static void grant(Draft d, OwnerRule.Authenticated accounts, Member member) {
        boolean owner = member.presence().role() == MemberRole.OWNER;
        if (!eligible(member) || owner || !d.life.phase().inRoom()) {
            return;
        }
        member.presence()
                .realJid()
                .filter(user ->
                        isAccount(accounts, user) || d.life.authenticated().contains(user))
                .ifPresent(user -> d.emit(new Effect.GrantOwner(user.bare())));
    }

    private static boolean isAccount(OwnerRule.Authenticated accounts, Jid user) {
        return user.domain().equals(accounts.domain());
    }

    /** Elects somebody where the room has no owner that is known of. */
    private static void elect(Draft d) {
        boolean known = d.life.owner().filter(d.members::contains).isPresent();
        if (d.life.breakout() || !d.life.phase().inRoom() || known) {
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
