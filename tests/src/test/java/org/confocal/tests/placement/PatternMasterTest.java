package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.confocal.tests.placement.Pattern.Load;
import org.junit.jupiter.api.Test;

class PatternMasterTest {
    private static Pattern on(int site, double usd, double packets) {
        return new Pattern(usd, List.of(new Load(site, 1, packets)));
    }

    /** Least overflow, then least cost, of all combinations. */
    private static double[] bruteForce(List<List<Pattern>> choices, double[] capacities) {
        int combinations = choices.stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
        double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        for (int code = 0; code < combinations; code++) {
            int rest = code;
            double usd = 0;
            double[] packets = new double[capacities.length];
            for (List<Pattern> patterns : choices) {
                Pattern pattern = patterns.get(rest % patterns.size());
                rest /= patterns.size();
                usd += pattern.usdPerHour();
                pattern.loads().forEach(load -> packets[load.site()] += load.packets());
            }
            double over = 0;
            for (int site = 0; site < capacities.length; site++) {
                over += Math.max(0, packets[site] - capacities[site]);
            }
            if (over < best[0] || (over == best[0] && usd < best[1])) {
                best = new double[] {over, usd};
            }
        }
        return best;
    }

    @Test
    void tinyInstancesAreSolvedAsByBruteForce() {
        int withOverflow = 0;
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<List<Pattern>> choices = new ArrayList<>();
            for (int conference = 0; conference < 6; conference++) {
                List<Pattern> patterns = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    int a = random.nextInt(3);
                    patterns.add(new Pattern(
                            1 + random.nextInt(1000) / 100.0,
                            List.of(
                                    new Load(a, 3, 1 + random.nextInt(500)),
                                    new Load((a + 1) % 3, 2, 1 + random.nextInt(500)))));
                }
                choices.add(patterns);
            }
            double[] capacities = {600 + 20 * seed, 500, 600};
            double[] best = bruteForce(choices, capacities);

            PatternMaster.Solution found = PatternMaster.solve(choices, capacities);

            withOverflow += best[0] > 0 ? 1 : 0;
            assertThat(found.proven()).isTrue();
            assertThat(found.allOverflow()).isBetween(best[0], best[0] * (1 + 2 * PatternMaster.GAP) + 0.5);
            assertThat(found.boundUsdPerHour()).isLessThanOrEqualTo(best[1] + 1e-6);
            assertThat(found.usdPerHour()).isCloseTo(best[1], within(best[1] * 2 * PatternMaster.GAP));
        }
        assertThat(withOverflow).isBetween(1, 19);
    }

    @Test
    void whereTheCheapSiteIsTooSmallTheConferenceThatMovesForLessMoves() {
        List<List<Pattern>> choices = List.of(List.of(on(0, 1, 60), on(1, 3, 60)), List.of(on(0, 1, 60), on(1, 2, 60)));

        assertThat(PatternMaster.solve(choices, new double[] {120, 120}).chosen())
                .containsExactly(0, 0);
        PatternMaster.Solution coupled = PatternMaster.solve(choices, new double[] {100, 100});

        assertThat(coupled.chosen()).containsExactly(0, 1);
        assertThat(coupled.usdPerHour()).isEqualTo(3);
        assertThat(coupled.packets()).containsExactly(60.0, 60.0);
        assertThat(coupled.allOverflow()).isZero();
    }

    @Test
    void whatFitsNowhereIsReportedAndAsLittleAsPossible() {
        List<List<Pattern>> choices =
                List.of(List.of(on(0, 1, 150), on(1, 9, 150)), List.of(on(0, 1, 90)), List.of(on(1, 5, 10)));

        PatternMaster.Solution found = PatternMaster.solve(choices, new double[] {100, 100});

        assertThat(found.chosen()).containsExactly(1, 0, 0);
        assertThat(found.overflow()).containsExactly(0.0, 60.0);
        assertThat(found.usdPerHour()).isEqualTo(15);
    }
}
