package org.confocal.focus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.source.SourceArbitraries.Action;
import org.confocal.focus.source.SourceOracle.OwnedGroup;
import org.confocal.focus.source.SourceOracle.OwnedSource;

class ConferenceSourcesPropertyTest {

    @Provide
    Arbitrary<List<Action>> actions() {
        return SourceArbitraries.actions();
    }

    @Property
    void acceptsExactlyWhatThePlainRulesAccept(@ForAll("actions") List<Action> actions) {
        ConferenceSources conference = ConferenceSources.EMPTY;
        SourceOracle oracle = new SourceOracle();
        for (Action action : actions) {
            boolean fine = switch (action) {
                case Action.Add add -> oracle.add(add.owner(), add.sources(), SourceArbitraries.TIGHT);
                case Action.Remove remove -> oracle.remove(remove.owner(), remove.sources());
                case Action.RemoveOwn own -> oracle.remove(own.owner(), chosen(conference, own));
            };
            SourceChange change = apply(conference, action);
            Statistics.label(action.getClass().getSimpleName()).collect(fine).coverage(seen -> {
                seen.check(true).count(count -> count > 2);
                seen.check(false).count(count -> count > 2);
            });

            assertThat(change instanceof SourceChange.Accepted)
                    .as("%s on %s gives %s", action, conference, change)
                    .isEqualTo(fine);
            if (change instanceof SourceChange.Accepted accepted) {
                conference = accepted.next();
            }
            assertThat(sources(conference)).isEqualTo(oracle.sources());
            assertThat(groups(conference)).isEqualTo(oracle.groups());
        }
    }

    @Property
    void ssrcHasOneOwnerAndMsidHasOneOwner(@ForAll("actions") List<Action> actions) {
        ConferenceSources conference = after(actions);
        List<Ssrc> ssrcs = new ArrayList<>();
        List<String> msids = new ArrayList<>();
        conference.byOwner().values().forEach(each -> {
            Set<String> own = new HashSet<>();
            for (Source source : each.sources()) {
                ssrcs.add(source.ssrc());
                source.msid().ifPresent(own::add);
            }
            msids.addAll(own);
        });

        assertThat(ssrcs).doesNotHaveDuplicates();
        assertThat(msids).doesNotHaveDuplicates();
    }

    @Property
    void addThenRemoveIsIdentity(@ForAll("actions") List<Action> before, @ForAll("actions") List<Action> tries) {
        ConferenceSources conference = after(before);
        for (Action action : tries) {
            if (action instanceof Action.Add && apply(conference, action) instanceof SourceChange.Accepted added) {
                SourceChange removed = added.next().remove(action.owner(), added.changed());

                assertThat(removed).isEqualTo(new SourceChange.Accepted(conference, added.changed()));
            }
        }
    }

    @Property
    void whatChangedIsExactlyTheDifference(@ForAll("actions") List<Action> actions) {
        ConferenceSources conference = ConferenceSources.EMPTY;
        for (Action action : actions) {
            if (apply(conference, action) instanceof SourceChange.Accepted accepted) {
                EndpointSources before = conference.of(action.owner());
                EndpointSources after = accepted.next().of(action.owner());
                EndpointSources expected = action instanceof Action.Add
                        ? SourceSets.minus(after, before)
                        : SourceSets.minus(before, after);

                assertThat(accepted.changed()).isEqualTo(expected);
                assertThat(accepted.next().except(action.owner())).isEqualTo(conference.except(action.owner()));
                conference = accepted.next();
            }
        }
    }

    static SourceChange apply(ConferenceSources conference, Action action) {
        return switch (action) {
            case Action.Add add -> conference.add(add.owner(), add.sources(), SourceArbitraries.TIGHT);
            case Action.Remove remove -> conference.remove(remove.owner(), remove.sources());
            case Action.RemoveOwn own -> conference.remove(own.owner(), chosen(conference, own));
        };
    }

    private static EndpointSources chosen(ConferenceSources conference, Action.RemoveOwn action) {
        List<Source> own = conference.of(action.owner()).sources();
        return new EndpointSources(
                action.positions().stream()
                        .filter(position -> position < own.size())
                        .map(own::get)
                        .toList(),
                List.of());
    }

    private static ConferenceSources after(List<Action> actions) {
        ConferenceSources conference = ConferenceSources.EMPTY;
        for (Action action : actions) {
            if (apply(conference, action) instanceof SourceChange.Accepted accepted) {
                conference = accepted.next();
            }
        }
        return conference;
    }

    private static Set<OwnedSource> sources(ConferenceSources conference) {
        Set<OwnedSource> all = new HashSet<>();
        conference
                .byOwner()
                .forEach((owner, each) -> each.sources().forEach(source -> all.add(new OwnedSource(owner, source))));
        return all;
    }

    private static Set<OwnedGroup> groups(ConferenceSources conference) {
        Set<OwnedGroup> all = new HashSet<>();
        conference
                .byOwner()
                .forEach((owner, each) -> each.groups().forEach(group -> all.add(new OwnedGroup(owner, group))));
        return all;
    }
}
