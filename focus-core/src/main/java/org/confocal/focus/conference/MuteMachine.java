package org.confocal.focus.conference;

import java.util.Optional;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Member.Encounter;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaError.Condition;

/** Whether somebody may mute somebody (spec/02, section 10). Answers every request exactly once. */
final class MuteMachine {

    void requested(Draft d, ConferenceInput.MuteRequested input) {
        Optional<Condition> objection = objection(d, input);
        JingleMachine.answer(d, input.stanza(), objection.map(condition -> StanzaError.of(condition, "")));
        boolean remote = !input.target().equals(Optional.of(input.from()));
        if (objection.isEmpty() && remote) {
            input.target().ifPresent(target -> d.emit(new Effect.SendMute(target, input.media(), input.from())));
        }
    }

    /** The checks in Jicofo's order. */
    private static Optional<Condition> objection(Draft d, ConferenceInput.MuteRequested input) {
        if (input.target().isEmpty() || input.mute().isEmpty()) {
            return Optional.of(Condition.BAD_REQUEST);
        }
        if (!d.life.phase().inRoom()) {
            return Optional.of(Condition.ITEM_NOT_FOUND);
        }
        Optional<Member> sender = invited(d.members.get(input.from()));
        if (sender.isEmpty()) {
            return Optional.of(Condition.INTERNAL_SERVER_ERROR);
        }
        boolean self = input.target().get().equals(input.from());
        if (!self && !sender.get().presence().role().moderates()) {
            return Optional.of(Condition.NOT_ALLOWED);
        }
        Optional<Member> target = invited(d.members.get(input.target().get()));
        if (target.isEmpty()) {
            return Optional.of(Condition.INTERNAL_SERVER_ERROR);
        }
        boolean unmute = !input.mute().get();
        if ((unmute && !self) || !mutable(target.get())) {
            return Optional.of(Condition.NOT_ALLOWED);
        }
        return Optional.empty();
    }

    private static boolean mutable(Member target) {
        boolean deafGateway = target.claims().contains(Claim.JIGASI)
                && !SignalingMachine.features(target).contains(Feature.AUDIO_MUTE);
        return !target.claims().contains(Claim.JIBRI) && !target.visitor() && !deafGateway;
    }

    /** Only who was invited takes part. */
    private static Optional<Member> invited(Optional<Member> member) {
        return member.filter(found -> found.encounter() == Encounter.AGAIN
                || found.invite().allocation().isPresent());
    }
}
