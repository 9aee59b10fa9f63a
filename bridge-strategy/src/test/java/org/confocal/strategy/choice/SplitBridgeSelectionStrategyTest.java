package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.noBridges;
import static org.confocal.strategy.StrategyFixture.request;
import static org.confocal.strategy.StrategyFixture.shape;
import static org.confocal.strategy.StrategyFixture.usable;
import static org.confocal.strategy.StrategyFixture.use;

import org.confocal.strategy.Audience;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.Selection.None;
import org.junit.jupiter.api.Test;

class SplitBridgeSelectionStrategyTest {
    private final SplitBridgeSelectionStrategy strategy = new SplitBridgeSelectionStrategy();
    private final FleetSnapshot fleet =
            fleet(usable("stress_level", "0.1"), usable("stress_level", "0.3"), usable("stress_level", "0.2"));

    @Test
    void theLeastStressedWithoutTheConference() {
        assertThat(chosen(noBridges())).isEqualTo("jvb1");
        assertThat(chosen(shape(use("jvb1", Audience.PARTICIPANT, 1)))).isEqualTo("jvb3");
        assertThat(chosen(shape(use("jvb1", Audience.PARTICIPANT, 1), use("jvb3", Audience.PARTICIPANT, 1))))
                .isEqualTo("jvb2");
    }

    @Test
    void theFewestPeopleWhereAllHaveTheConference() {
        assertThat(chosen(shape(
                        use("jvb1", Audience.PARTICIPANT, 3),
                        use("jvb2", Audience.PARTICIPANT, 2),
                        use("jvb3", Audience.PARTICIPANT, 4))))
                .isEqualTo("jvb2");
    }

    @Test
    void stressBreaksATie() {
        assertThat(chosen(shape(
                        use("jvb1", Audience.PARTICIPANT, 3),
                        use("jvb2", Audience.PARTICIPANT, 2),
                        use("jvb3", Audience.PARTICIPANT, 2))))
                .isEqualTo("jvb3");
    }

    @Test
    void aFleetWithoutBridgesIsRefused() {
        assertThat(strategy.select(request(noBridges(), NOW), fleet())).isInstanceOf(None.class);
    }

    private String chosen(ConferenceShape shape) {
        Selection selection = strategy.select(request(shape, NOW), fleet);
        assertThat(selection).isInstanceOf(Chosen.class);
        assertThat(((Chosen) selection).bridge()).isIn(id("jvb1"), id("jvb2"), id("jvb3"));
        return ((Chosen) selection).bridge().nick();
    }
}
