package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ConferenceSizesTest {

    private static long bucket(List<Long> sizes, String name) {
        return JsonMapper.shared()
                .valueToTree(new ConferenceSizes(sizes).tree())
                .at("/buckets/" + name)
                .longValue();
    }

    @Test
    void aBucketHoldsItsLeftEdgeAndNotItsRightOne() {
        assertThat(bucket(List.of(2L), "1_to_2")).isEqualTo(0L);
        assertThat(bucket(List.of(2L), "2_to_3")).isEqualTo(1L);
        assertThat(bucket(List.of(500L), "500_to_max")).isEqualTo(1L);
        assertThat(bucket(List.of(100_000L), "500_to_max")).isEqualTo(1L);
        assertThat(bucket(List.of(0L), "0_to_1")).isEqualTo(1L);
    }

    @Test
    void aQuantileNeedsEnoughConferences() {
        assertThat(bucket(Collections.nCopies(99, 2L), "p99_upper_bound")).isEqualTo(-1L);
        assertThat(bucket(Collections.nCopies(100, 2L), "p99_upper_bound")).isEqualTo(3L);
        assertThat(bucket(Collections.nCopies(999, 2L), "p999_upper_bound")).isEqualTo(-1L);
        assertThat(bucket(Collections.nCopies(1000, 2L), "p999_upper_bound")).isEqualTo(3L);
    }

    @Test
    void aQuantileBeyondTheLastEdgeIsUnknown() {
        assertThat(bucket(Collections.nCopies(100, 700L), "p99_upper_bound")).isEqualTo(-1L);
    }

    @Test
    void aFewLargeConferencesMoveTheQuantile() {
        List<Long> sizes = Stream.concat(Collections.nCopies(98, 2L).stream(), Collections.nCopies(2, 60L).stream())
                .toList();
        assertThat(bucket(sizes, "p99_upper_bound")).isEqualTo(100L);
    }

    @Test
    void pairsAreOrderedPairsOfDifferentPeople() {
        assertThat(new ConferenceSizes(List.of(1L)).pairs()).isZero();
        assertThat(new ConferenceSizes(List.of(2L, 5L)).pairs()).isEqualTo(2 + 20);
    }
}
