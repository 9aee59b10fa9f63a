package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.config.CascadeConfig;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.CascadeMember;

/** Asks the configured planner how the bridges of a conference are to be linked. */
final class CascadePlan {
    private static final double BPS = 1e6;
    /** A conference does not know how loaded its bridges are: to a planner they are all the same. */
    private static final double UNKNOWN_STRESS = 0;

    private final CascadeConfig config;

    CascadePlan(CascadeConfig config) {
        this.config = config;
    }

    /** The cascade for the bridges that the conference is on now, as near as can be to the present one. */
    Cascade next(Draft d) {
        List<CascadeMember> members = members(d);
        Cascade present = d.relays.cascade();
        List<CascadeMember> stayed = members.stream()
                .filter(member -> !d.left.contains(member.bridge()))
                .toList();
        if (stayed.isEmpty()) {
            present = Cascade.empty();
        } else if (stayed.size() < members.size()) {
            // A bridge that was left and came again within the step comes last, with links of its own.
            present = config.planner()
                    .adapt(
                            present,
                            stayed.stream()
                                    .filter(member -> d.relays.cascade().contains(member.bridge()))
                                    .toList());
        }
        return config.planner().adapt(present, members);
    }

    private List<CascadeMember> members(Draft d) {
        Map<BridgeId, Crowd> crowds = new LinkedHashMap<>();
        d.bridges.values().forEach(session -> crowds.put(session.bridge(), new Crowd()));
        Crowd everybody = new Crowd();
        for (Member member : d.members.view()) {
            member.invite()
                    .allocation()
                    .map(Allocation::bridge)
                    .map(crowds::get)
                    .ifPresent(crowd -> {
                        crowd.add(member);
                        everybody.add(member);
                    });
        }
        List<CascadeMember> members = new ArrayList<>();
        for (BridgeSession session : d.bridges.values()) {
            Crowd crowd = crowds.getOrDefault(session.bridge(), new Crowd());
            members.add(new CascadeMember(
                    session.bridge(),
                    config.kind(session.bridge(), session.region()),
                    crowd.visitors == crowd.people ? Audience.VISITOR : Audience.PARTICIPANT,
                    crowd.people,
                    config.media().up(crowd.audio, crowd.video, everybody.video) * BPS,
                    UNKNOWN_STRESS));
        }
        return members;
    }

    private static final class Crowd {
        private int people;
        private int visitors;
        private int audio;
        private int video;

        void add(Member member) {
            people++;
            visitors += member.visitor() ? 1 : 0;
            audio += member.presence().audioUnmuted() ? 1 : 0;
            video += member.presence().videoUnmuted() ? 1 : 0;
        }
    }
}
