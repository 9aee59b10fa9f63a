package org.confocal.focus.conference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.InviteQueue;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.strategy.Audience;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;

/** A conference as strategies see it. Pure. */
public final class ConferenceOutline {
    private ConferenceOutline() {}

    /** The conference after a step. */
    public static ConferenceShape of(ConferenceState state) {
        return of(state.startedAt(), state.members().view(), state.bridges().view(), state.joins(), state.invites());
    }

    /** The conference within a step. */
    static ConferenceShape of(Draft d) {
        return of(d.startedAt, d.members.view(), d.bridges.view(), d.joins, d.invites);
    }

    private static ConferenceShape of(
            Instant startedAt,
            Collection<Member> members,
            Collection<BridgeSession> bridges,
            JoinRate joins,
            InviteQueue invites) {
        Map<BridgeSessionId, Crowd> crowds = new HashMap<>();
        for (Member member : members) {
            member.invite()
                    .allocation()
                    .ifPresent(where -> crowds.computeIfAbsent(where.session(), first -> new Crowd())
                            .add(member));
        }
        List<BridgeUse> uses = new ArrayList<>();
        for (BridgeSession session : bridges) {
            uses.add(crowds.getOrDefault(session.id(), new Crowd()).use(session));
        }
        int waiting = invites.ready().size() + invites.paced().size();
        return new ConferenceShape(startedAt, uses, joins, waiting, Optional.empty());
    }

    /** Those on one bridge. */
    private static final class Crowd {
        private final Map<Optional<Region>, Integer> people = new LinkedHashMap<>();
        private int audio;
        private int video;
        private boolean visitorsOnly = true;

        void add(Member member) {
            people.merge(member.presence().region(), 1, Integer::sum);
            audio += member.presence().audioUnmuted() ? 1 : 0;
            video += member.presence().videoUnmuted() ? 1 : 0;
            visitorsOnly &= member.visitor();
        }

        BridgeUse use(BridgeSession session) {
            List<RegionCount> counts = new ArrayList<>();
            people.forEach((region, count) -> counts.add(new RegionCount(region, count)));
            return new BridgeUse(
                    session.bridge(), visitorsOnly ? Audience.VISITOR : Audience.PARTICIPANT, counts, audio, video);
        }
    }
}
