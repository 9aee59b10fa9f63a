package org.confocal.focus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.source.SourceArbitraries.Action;
import org.confocal.strategy.EndpointId;

/** A receiver that does what it is told, whenever it is told, always knows in the end what is. */
class SourceQueuePropertyTest {
    /** A source or a group, and whose it is. */
    private record Fact(EndpointId owner, Object what) {}

    @Provide
    Arbitrary<List<Action>> actions() {
        return SourceArbitraries.actions();
    }

    @Property
    void everyDrainIsTheNetDifference(@ForAll("actions") List<Action> actions, @ForAll Set<Byte> drainAfter) {
        ConferenceSources conference = ConferenceSources.EMPTY;
        SourceQueue queue = SourceQueue.EMPTY;
        Set<Fact> told = new HashSet<>();
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            if (ConferenceSourcesPropertyTest.apply(conference, action) instanceof SourceChange.Accepted accepted) {
                conference = accepted.next();
                queue = action instanceof Action.Add
                        ? queue.add(action.owner(), accepted.changed())
                        : queue.remove(action.owner(), accepted.changed());
            }
            if (drainAfter.contains((byte) i) || i == actions.size() - 1) {
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
