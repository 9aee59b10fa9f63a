package org.confocal.focus.conference;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.state.Features;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.conference.state.Session;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.offer.OfferFactory;
import org.confocal.focus.source.SourceFilter;
import org.confocal.focus.source.SourceQueue;
import org.confocal.strategy.EndpointId;

/**
 * Tells participants about each other's sources (spec/03, section 8). A change goes into the queue of every receiver and
 * leaves it when the session is active and the configured delay is over, removals before additions. Receivers whose
 * bridge rewrites SSRCs are never told anything.
 */
final class SignalingMachine {
    private final ConferenceConfig config;

    SignalingMachine(ConferenceConfig config) {
        this.config = config;
    }

    /**
     * Somebody's sources changed.
     *
     * <p>What a receiver is told is the difference of what it can see, not what it can see of the difference: of a
     * simulcast group it knows the first layer only, so a later layer that goes by itself is none of its business.
     */
    void propagate(Draft d, EndpointId owner, EndpointSources before, EndpointSources after) {
        if (before.equals(after)) {
            return;
        }
        Map<Set<Feature>, SourceQueue> changes = new HashMap<>();
        for (Member receiver : d.members.values()) {
            Optional<Session> session = receiver.invite().session();
            Set<Feature> features = features(receiver);
            if (receiver.id().equals(owner) || session.isEmpty() || OfferFactory.ssrcRewriting(features, config)) {
                continue;
            }
            SourceQueue change = changes.computeIfAbsent(features, seen -> difference(owner, before, after, seen));
            if (!change.isEmpty()) {
                SourceQueue queue = session.get().queue();
                put(d, receiver, session.get().with(appended(queue, owner, change)));
                schedule(d, receiver.id());
            }
        }
    }

    /** Forgets what was still to be told about somebody who left the room: clients clean up by themselves. */
    void forget(Draft d, EndpointId owner) {
        for (Member receiver : d.members.values()) {
            receiver.invite()
                    .session()
                    .filter(session -> !session.queue().isEmpty())
                    .ifPresent(session ->
                            put(d, receiver, session.with(session.queue().forget(owner))));
        }
    }

    /**
     * The delay of one is over. Everybody else whose delay is over is told too: they began waiting in the same step, and a
     * step for each of them would look through a large room as often as it has people.
     */
    void due(Draft d, EndpointId id) {
        flush(d, id);
        for (RunningTimer timer : d.timers.values()) {
            if (timer.key() instanceof TimerKey.SourceSignaling other
                    && !timer.due().isAfter(d.now)) {
                flush(d, other.id());
            }
        }
    }

    /** Tells a participant everything that it has still to be told, if its session is active. */
    void flush(Draft d, EndpointId id) {
        Optional<Member> receiver = d.members.get(id);
        if (receiver.isEmpty()
                || !d.life.phase().inRoom()
                || !(receiver.get().invite() instanceof Invite.Active active)) {
            return;
        }
        d.cancelTimer(new TimerKey.SourceSignaling(id));
        SourceQueue.Drained drained = active.jingle().queue().drain();
        if (drained.batch().isEmpty()) {
            return;
        }
        put(d, receiver.get(), active.jingle().with(drained.next()));
        SourceEncoding encoding = OfferFactory.encoding(features(receiver.get()), config);
        OwnedSources removed = drained.batch().removed();
        if (!removed.isEmpty()) {
            d.emitJingle(
                    "SOURCEREMOVE",
                    new Effect.SendSourceRemove(id, active.jingle().id(), removed, encoding));
        }
        OwnedSources added = drained.batch().added();
        if (!added.isEmpty()) {
            d.emitJingle(
                    "SOURCEADD", new Effect.SendSourceAdd(id, active.jingle().id(), added, encoding));
        }
    }

    /** Tells everybody everything. */
    void flushAll(Draft d) {
        for (Member member : d.members.values()) {
            flush(d, member.id());
        }
    }

    static Set<Feature> features(Member member) {
        return switch (member.features()) {
            case Features.Asked asked -> Feature.DEFAULTS;
            case Features.Known known -> known.features();
        };
    }

    /** How long changes are collected in a conference of this size. */
    private Duration delay(Draft d) {
        Map.Entry<Integer, Duration> entry = config.sourceSignalingDelays().floorEntry(d.members.size());
        return entry == null ? Duration.ZERO : entry.getValue();
    }

    private void schedule(Draft d, EndpointId receiver) {
        boolean active = d.members
                .get(receiver)
                .filter(member -> member.invite() instanceof Invite.Active)
                .isPresent();
        TimerKey timer = new TimerKey.SourceSignaling(receiver);
        if (!active || d.timers.contains(timer)) {
            return;
        }
        Duration delay = delay(d);
        if (delay.isZero()) {
            flush(d, receiver);
        } else {
            d.startTimer(timer, delay);
        }
    }

    private SourceQueue difference(
            EndpointId owner, EndpointSources before, EndpointSources after, Set<Feature> features) {
        SourceFilter.Simulcast simulcast = OfferFactory.simulcast(config);
        return SourceQueue.EMPTY
                .remove(owner, SourceFilter.forReceiver(before, features, simulcast))
                .add(owner, SourceFilter.forReceiver(after, features, simulcast));
    }

    private static SourceQueue appended(SourceQueue queue, EndpointId owner, SourceQueue change) {
        if (queue.isEmpty()) {
            // The common case; all receivers share it.
            return change;
        }
        return queue.remove(owner, change.removed().getOrDefault(owner, EndpointSources.EMPTY))
                .add(owner, change.added().getOrDefault(owner, EndpointSources.EMPTY));
    }

    private static void put(Draft d, Member member, Session session) {
        Member changed = switch (member.invite()) {
            case Invite.Offered offered -> member.with(new Invite.Offered(offered.where(), session));
            case Invite.Active active -> member.with(new Invite.Active(active.where(), session));
            case Invite.Waiting none -> member;
            case Invite.Queued none -> member;
            case Invite.Selecting none -> member;
            case Invite.Unserved none -> member;
            case Invite.Allocating none -> member;
            case Invite.Closed none -> member;
        };
        d.members.put(member.id(), changed);
    }
}
