package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.MapAssert;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeReport;
import org.junit.jupiter.api.Test;

class DashboardFeedTest {
    private final FocusViewFake focus = FocusViewFake.busy();
    private final DashboardFeed feed = new DashboardFeed(focus, HttpFixture.IDENTITY, HttpFixture.SITE);

    @Test
    void wholeFrameSaysEverythingEachTime() {
        feed.next();
        Map<String, Object> whole = feed.next().whole();
        assertThat(whole)
                .containsEntry("kind", "whole")
                .containsEntry("conferences", 3)
                .containsEntry("participants", 7L)
                .containsEntry("visitors", 1L)
                .containsEntry("largestConference", 4);
        bridges(whole).containsOnlyKeys(id("jvb1"), id("jvb2"));
    }

    @Test
    void changeHasOnlyBridgesThatChangedAndThoseThatAreGone() {
        bridges(feed.next().change()).as("the first change has all").hasSize(2);
        bridges(feed.next().change()).isEmpty();

        focus.bridges = List.of(FocusViewFake.bridge("jvb1", FocusViewFake.leaving(FocusViewFake.REPORT)));
        Map<String, Object> change = feed.next().change();
        bridges(change).containsOnlyKeys(id("jvb1"));
        assertThat(change).containsEntry("gone", List.of(id("jvb2")));
        assertThat(feed.next().change()).containsEntry("gone", List.of());
    }

    @Test
    void bridgeIsARowOfFigures() {
        FocusViewFake one = FocusViewFake.healthy();
        Map<String, Object> whole = new DashboardFeed(one, HttpFixture.IDENTITY, HttpFixture.SITE)
                .next()
                .whole();
        bridges(whole).containsEntry(id("jvb1"), List.of("eu-west", "usable", 25L, 31L, 5, 2, 40, "2.3"));
    }

    @Test
    void aBridgeThatSaysNothingIsDrainingAsForSelections() {
        focus.bridges = List.of(FocusViewFake.bridge("jvb1", BridgeReport.EMPTY));
        bridges(feed.next().whole())
                .extractingByKey(id("jvb1"), InstanceOfAssertFactories.list(Object.class))
                .startsWith("", "draining");
    }

    @Test
    void decisionIsInOneChangeAndInWholeFramesForAsLongAsItIsKept() {
        focus.explanations.decisions = List.of(ExplainTest.chosen(7));
        assertThat(decisions(feed.next().change())).hasSize(1);
        DashboardFeed.Frame second = feed.next();
        assertThat(decisions(second.change())).isEmpty();
        assertThat(decisions(second.whole())).hasSize(1);

        focus.explanations.decisions = List.of(ExplainTest.chosen(8), ExplainTest.chosen(7));
        assertThat(decisions(feed.next().change()))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("id", 8L)
                .containsEntry("bridge", "jvb1")
                .containsEntry("region", "eu");
    }

    @Test
    void egressIsOfTheRegionsWhoseBridgesSend() {
        focus.conferences = List.of(FocusViewFake.conference("alpha", 5, 5, 0));
        FocusSnapshot.Bridge bridge = FocusViewFake.bridge("jvb1", FocusViewFake.REPORT);
        focus.bridges = List.of(bridge);
        focus.explanations.layout =
                Optional.of(ExplainTest.layoutOn(bridge.bridge().id()));
        Object usd =
                Optional.ofNullable(feed.next().whole().get("egressUsdPerHour")).orElseThrow();
        assertThat(usd)
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsOnlyKeys("eu-west");
        // Five people, four with sound, two with video: 3.2 voices and 1.6 videos for each, at 10 cents.
        double mbps = 3.2 * 0.036 + 1.7 + 0.6 * 0.2;
        assertThat(usd.toString())
                .isEqualTo("{eu-west=[%s, 0.0]}".formatted(Math.round(5 * mbps * 0.45 * 0.1 * 1e4) / 1e4));
    }

    private static MapAssert<String, Object> bridges(Map<String, Object> frame) {
        return assertThat(frame.get("bridges")).asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class));
    }

    private static List<?> decisions(Map<String, Object> frame) {
        return (List<?>) Optional.ofNullable(frame.get("decisions")).orElseThrow();
    }

    private static String id(String nick) {
        return FocusViewFake.bridge(nick, FocusViewFake.REPORT).bridge().id().value();
    }
}
