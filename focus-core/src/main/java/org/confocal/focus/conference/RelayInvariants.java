package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.state.Announcement;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.conference.state.RelayEnd.Stage;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.Link;

/** What is true of the links between the bridges of a conference. Pure; any thread. */
final class RelayInvariants {
    private final ConferenceState state;
    private final Cascade cascade;
    private final List<String> violations = new ArrayList<>();

    private RelayInvariants(ConferenceState state) {
        this.state = state;
        cascade = state.relays().cascade();
    }

    /** What is wrong, one sentence each. */
    static List<String> check(ConferenceState state) {
        if (state.bridges().size() <= 1 && state.relays().ends().isEmpty()) {
            return alone(state);
        }
        RelayInvariants invariants = new RelayInvariants(state);
        invariants.bridges();
        invariants.ends();
        invariants.hearing();
        invariants.announcements();
        return invariants.violations;
    }

    private static List<String> alone(ConferenceState state) {
        RelayBook relays = state.relays();
        boolean same =
                relays.cascade().bridges().equals(List.copyOf(state.bridges().keys()));
        List<String> violations = new ArrayList<>();
        if (!same) {
            violations.add("the cascade is of %s, and the conference on %s"
                    .formatted(relays.cascade().bridges(), state.bridges().keys()));
        }
        if (!relays.announced().isEmpty()) {
            violations.add("endpoints are announced, and there is nobody to hear of them: "
                    + relays.announced().keys());
        }
        return violations;
    }

    private void expect(boolean holds, String sentence, Object detail) {
        if (!holds) {
            violations.add(sentence + ": " + detail);
        }
    }

    private void bridges() {
        expect(
                Set.copyOf(cascade.bridges()).equals(state.bridges().keys()),
                "the cascade is not of the conference's bridges",
                cascade);
        Set<Optional<String>> relayIds = new HashSet<>();
        for (BridgeSession session : state.bridges()) {
            expect(
                    session.relayId().isPresent() && relayIds.add(session.relayId()),
                    "a bridge is linked without a relay id of its own",
                    session);
        }
    }

    private void ends() {
        Set<RelayEnd.Key> wanted = new HashSet<>();
        for (Link link : cascade.links()) {
            wanted.add(new RelayEnd.Key(link.a(), link.b()));
            wanted.add(new RelayEnd.Key(link.b(), link.a()));
        }
        expect(
                wanted.equals(state.relays().ends().keys()),
                "relays are not the ends of the links",
                state.relays().ends().keys());
        Set<Link> links = Set.copyOf(cascade.links());
        for (RelayEnd end : state.relays().ends()) {
            expect(links.contains(end.link()), "a relay is in another mesh than its link", end);
            expect(
                    state.bridges()
                            .get(end.peer())
                            .flatMap(BridgeSession::relayId)
                            .equals(Optional.of(end.peerRelayId())),
                    "a relay calls its peer by another name",
                    end);
            expect(
                    state.relays()
                            .ends()
                            .get(end.key().opposite())
                            .filter(other -> other.side() != end.side())
                            .isPresent(),
                    "both ends of a link are of one side",
                    end);
            expect(end.stage() != Stage.ASKED || isAwaited(end), "a relay waits for an answer that never comes", end);
        }
    }

    private boolean isAwaited(RelayEnd end) {
        return state.pending()
                .get(end.request())
                .filter(pending -> pending instanceof Pending.RelayCreate create
                        && create.where().bridge().equals(end.at())
                        && create.peer().equals(end.peer()))
                .isPresent();
    }

    /** Each bridge hears each other bridge over exactly one relay. */
    private void hearing() {
        for (BridgeId at : cascade.bridges()) {
            List<BridgeId> heard = new ArrayList<>();
            cascade.relaysOf(at).forEach(relay -> heard.addAll(cascade.heardOver(at, relay.peer())));
            expect(
                    heard.size() == cascade.bridges().size() - 1
                            && new HashSet<>(heard).size() == heard.size()
                            && !heard.contains(at),
                    at + " does not hear every other bridge once",
                    heard);
        }
    }

    private void announcements() {
        Set<Announcement> wanted = new LinkedHashSet<>();
        for (Member member : state.members()) {
            RelayMachine.announcement(member, state.sources().of(member.id())).ifPresent(wanted::add);
        }
        Set<Announcement> said = new LinkedHashSet<>(state.relays().announced().values());
        if (!said.equals(wanted)) {
            Set<Announcement> missing = new LinkedHashSet<>(wanted);
            missing.removeAll(said);
            said.removeAll(wanted);
            violations.add("bridges were told of %s, and not of %s".formatted(said, missing));
        }
    }
}
