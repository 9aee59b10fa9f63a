package org.confocal.strategy.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.strategy.cascade.CascadeFixture.alone;
import static org.confocal.strategy.cascade.CascadeFixture.id;
import static org.confocal.strategy.cascade.CascadeFixture.ids;
import static org.confocal.strategy.cascade.CascadeFixture.link;

import java.util.List;
import org.junit.jupiter.api.Test;

class CascadeTest {
    /** Mesh 0 of a, b and c; d hangs on c, and e on d. */
    private static final Cascade CASCADE = Cascade.of(
            ids("abcde"), List.of(link("ab", "0"), link("bc", "0"), link("ca", "0"), link("cd", "x"), link("ed", "y")));

    @Test
    void aLinkHasNoDirection() {
        assertThat(link("ba", "0")).isEqualTo(link("ab", "0"));
        assertThat(alone("ba")).isEqualTo(alone("ab"));
        assertThat(alone("ab").mesh()).isNotEqualTo(alone("ac").mesh());
        assertThatThrownBy(() -> link("aa", "0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPathLeadsThroughTheMeshes() {
        assertThat(CASCADE.path(id("a"), id("e"))).isEqualTo(ids("acde"));
        assertThat(CASCADE.path(id("e"), id("b"))).isEqualTo(ids("edcb"));
        assertThat(CASCADE.path(id("a"), id("b"))).isEqualTo(ids("ab"));
        assertThat(CASCADE.path(id("d"), id("d"))).isEqualTo(ids("d"));
    }

    @Test
    void aBridgeKnowsItsRelays() {
        assertThat(CASCADE.relaysOf(id("c")))
                .containsExactlyInAnyOrder(
                        new Cascade.Relay(id("a"), MeshId.CORE),
                        new Cascade.Relay(id("b"), MeshId.CORE),
                        new Cascade.Relay(id("d"), new MeshId("x")));
        assertThat(CASCADE.relaysOf(id("e"))).containsExactly(new Cascade.Relay(id("d"), new MeshId("y")));
    }

    @Test
    void whatIsBehindAMeshIsHeardOverIt() {
        assertThat(CASCADE.behind(id("c"), MeshId.CORE)).isEqualTo(ids("ab"));
        assertThat(CASCADE.behind(id("c"), new MeshId("x"))).isEqualTo(ids("de"));
        assertThat(CASCADE.behind(id("d"), new MeshId("x"))).isEqualTo(ids("abc"));
        assertThat(CASCADE.behind(id("a"), new MeshId("x"))).isEmpty();
        assertThat(CASCADE.behind(id("a"), new MeshId("nowhere"))).isEmpty();
    }

    @Test
    void whatIsHeardOverAPeerIsThePeerAndWhatItPassesOn() {
        assertThat(CASCADE.heardOver(id("a"), id("b"))).isEqualTo(ids("b"));
        assertThat(CASCADE.heardOver(id("a"), id("c"))).isEqualTo(ids("cde"));
        assertThat(CASCADE.heardOver(id("d"), id("c"))).isEqualTo(ids("abc"));
        assertThat(CASCADE.heardOver(id("a"), id("d"))).isEmpty();
    }

    @Test
    void strangersAreRefused() {
        assertThatThrownBy(() -> CASCADE.path(id("a"), id("z"))).hasMessageContaining("not in the cascade");
        assertThatThrownBy(() -> CASCADE.relaysOf(id("z"))).hasMessageContaining("not in the cascade");
        assertThatThrownBy(() -> CASCADE.behind(id("z"), MeshId.CORE)).hasMessageContaining("not in the cascade");
    }

    @Test
    void noBridgesAndOneBridgeAreCascades() {
        assertThat(Cascade.empty()).isEqualTo(Cascade.of(List.of(), List.of()));
        Cascade one = Cascade.of(ids("a"), List.of());
        assertThat(one.path(id("a"), id("a"))).isEqualTo(ids("a"));
        assertThat(one.relaysOf(id("a"))).isEmpty();
    }

    @Test
    void everyFlawIsNamed() {
        assertThat(CascadeFlaw.of(ids("abc"), List.of(link("ab", "0"))))
                .containsExactly(new CascadeFlaw.NoPath(id("a"), id("c")));
        assertThat(CascadeFlaw.of(ids("abc"), List.of(link("ab", "0"), link("bc", "0"))))
                .containsExactly(new CascadeFlaw.NotFullyLinked(MeshId.CORE, id("a"), id("c")));
        assertThat(CascadeFlaw.of(ids("ab"), List.of(link("ab", "0"), link("ab", "1"))))
                .containsExactly(new CascadeFlaw.SecondPath(new MeshId("1"), id("a"), id("b")));
        assertThat(CascadeFlaw.of(ids("abc"), List.of(link("ab", "0"), link("bc", "1"), link("ca", "2"))))
                .containsExactly(new CascadeFlaw.SecondPath(new MeshId("2"), id("a"), id("c")));
        assertThat(CascadeFlaw.of(ids("ab"), List.of(link("ab", "0"), link("az", "1"))))
                .containsExactly(new CascadeFlaw.StrangeBridge(link("az", "1")));
        assertThat(CascadeFlaw.of(ids("aba"), List.of(link("ab", "0"))))
                .containsExactly(new CascadeFlaw.ListedTwice(id("a")));
    }

    @Test
    void whatIsNotACascadeIsRefusedWithItsFlaws() {
        assertThatThrownBy(() -> Cascade.of(ids("abc"), List.of(link("ab", "0"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NoPath");
    }

    @Test
    void aChangeListsWhatGoesAndWhatComes() {
        Cascade before = Cascade.of(ids("abc"), List.of(link("ab", "0"), link("bc", "1")));
        Cascade after = Cascade.of(ids("abd"), List.of(link("ab", "2"), link("bd", "1")));

        assertThat(before.changeTo(after))
                .isEqualTo(new CascadeChange(
                        ids("c"),
                        List.of(link("ab", "0"), link("bc", "1")),
                        ids("d"),
                        List.of(link("ab", "2"), link("bd", "1"))));
        assertThat(before.changeTo(before).isEmpty()).isTrue();
    }
}
