package org.confocal.focus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.source.SourceArbitraries.Action;
import org.confocal.focus.source.SourceArbitraries.Toggle;
import org.confocal.strategy.EndpointId;

/** A receiver that does what it is told, whenever it is told, always knows in the end what is. */
class SourceQueuePropertyTest {
    /** A source or a group, and whose it is. */
    private record Fact(EndpointId owner, Object what) {}

    /** What the receiver was told, and what it has still to be told. */
    private static final class Receiver {
        private ConferenceSources conference = ConferenceSources.EMPTY;
        private SourceQueue queue = SourceQueue.EMPTY;
        private Set<Fact> told = Set.of();

        void added(EndpointId owner, SourceChange change) {
            if (change instanceof SourceChange.Accepted accepted) {
                conference = accepted.next();
                queue = queue.add(owner, accepted.changed());
            }
        }

        void removed(EndpointId owner, SourceChange change) {
            if (change instanceof SourceChange.Accepted accepted) {
                conference = accepted.next();
                queue = queue.remove(owner, accepted.changed());
            }
        }

        void drain() {
            SourceQueue.Drained drained = queue.drain();
            queue = drained.next();
            Set<Fact> now = facts(conference.except(new EndpointId("receiver")));
            Statistics.label("both in one batch")
                    .collect(!drained.batch().removed().isEmpty()
                            && !drained.batch().added().isEmpty())
                    .coverage(seen -> seen.check(true).count(count -> count > 2));

            assertThat(facts(drained.batch().removed())).isEqualTo(without(told, now));
            assertThat(facts(drained.batch().added())).isEqualTo(without(now, told));
            assertThat(queue.isEmpty()).isTrue();
            told = now;
        }
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return SourceArbitraries.actions();
    }

    @Provide
    Arbitrary<List<Toggle>> toggles() {
        return SourceArbitraries.toggles();
    }

    @Provide
    Arbitrary<Set<Integer>> drains() {
        return Arbitraries.integers().between(0, 24).set().ofMaxSize(5);
    }

    @Property
    void everyDrainIsTheNetDifference(@ForAll("actions") List<Action> actions, @ForAll("drains") Set<Integer> drains) {
        Receiver receiver = new Receiver();
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            SourceChange change = ConferenceSourcesPropertyTest.apply(receiver.conference, action);
            if (action instanceof Action.Add) {
                receiver.added(action.owner(), change);
            } else {
                receiver.removed(action.owner(), change);
            }
            if (drains.contains(i)) {
                receiver.drain();
            }
        }
        receiver.drain();
    }

    @Property
    void everyDrainIsTheNetDifferenceWhenTheSameComesAndGoes(
            @ForAll("toggles") List<Toggle> toggles, @ForAll("drains") Set<Integer> drains) {
        Receiver receiver = new Receiver();
        for (int i = 0; i < toggles.size(); i++) {
            EndpointId owner = toggles.get(i).owner();
            EndpointSources track = toggles.get(i).track();
            boolean sent = receiver.conference.of(owner).sources().containsAll(track.sources());
            Statistics.label("sent already")
                    .collect(sent)
                    .coverage(seen -> seen.check(true).count(count -> count > 50));
            if (sent) {
                receiver.removed(owner, receiver.conference.remove(owner, track));
            } else {
                receiver.added(owner, receiver.conference.add(owner, track, SourceArbitraries.TIGHT));
            }
            if (drains.contains(i)) {
                receiver.drain();
            }
        }
        receiver.drain();
    }

    private static Set<Fact> without(Set<Fact> facts, Set<Fact> others) {
        Set<Fact> left = new HashSet<>(facts);
        left.removeAll(others);
        return left;
    }

    private static Set<Fact> facts(OwnedSources sources) {
        Set<Fact> facts = new HashSet<>();
        for (OwnedSources.Entry entry : sources.entries()) {
            if (entry.owner() instanceof SourceOwner.Endpoint endpoint) {
                entry.sources().sources().forEach(each -> facts.add(new Fact(endpoint.id(), each)));
                entry.sources().groups().forEach(each -> facts.add(new Fact(endpoint.id(), each)));
            }
        }
        return facts;
    }
}
