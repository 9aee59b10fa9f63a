package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.strategy.Audience;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.PlacementRules;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionRequest;
import org.junit.jupiter.api.Test;

class GuardedPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
    private static final SelectionRequest REQUEST = new SelectionRequest(
            new RoomId("standup@muc.example.org"),
            new EndpointId("a1b2c3d4"),
            Optional.empty(),
            Audience.PARTICIPANT,
            new ConferenceShape(NOW, List.of(), JoinRate.NONE, Optional.empty()),
            NOW);

    private final LongAdder failures = new LongAdder();

    @Test
    void whatThePolicySaysHolds() {
        PlacementRules rules = new PlacementRules(List.of(new PlacementRules.MaxPeople(3, "free plan")));

        assertThat(new GuardedPolicy(request -> rules, failures).rules(REQUEST)).isEqualTo(rules);
        assertThat(failures.sum()).isZero();
    }

    @Test
    void aPolicyThatThrowsAllowsAllAndIsCounted() {
        PlacementPolicy broken = request -> {
            throw new IllegalStateException("no connection to the licence server");
        };
        PlacementPolicy halfInstalled = request -> {
            throw new NoClassDefFoundError("org/example/Licence");
        };

        assertThat(new GuardedPolicy(broken, failures).rules(REQUEST)).isEqualTo(PlacementRules.NONE);
        assertThat(new GuardedPolicy(halfInstalled, failures).rules(REQUEST)).isEqualTo(PlacementRules.NONE);
        assertThat(failures.sum()).isEqualTo(2);
    }

    @Test
    @SuppressWarnings("NullAway") // A plug-in need not keep to the rules.
    void aPolicyThatAnswersNothingAllowsAllAndIsCounted() {
        assertThat(new GuardedPolicy(request -> null, failures).rules(REQUEST)).isEqualTo(PlacementRules.NONE);
        assertThat(failures.sum()).isEqualTo(1);
    }
}
