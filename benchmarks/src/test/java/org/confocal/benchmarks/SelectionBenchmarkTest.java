package org.confocal.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.confocal.benchmarks.SelectionBenchmark.ByTheBook;
import org.confocal.benchmarks.SelectionBenchmark.Confocal;
import org.confocal.benchmarks.SelectionBenchmark.Turn;
import org.confocal.benchmarks.SelectionTable.Cost;
import org.confocal.strategy.Selection;
import org.junit.jupiter.api.Test;

/** The benchmarks measure what they say; how long it takes is no concern of a test. */
class SelectionBenchmarkTest {
    @Test
    void everyRequestIsAnsweredByBothWays() {
        Confocal confocal = new Confocal();
        confocal.bridges = 100;
        confocal.conference = 5;
        confocal.strategy = "RegionBased";
        confocal.prepare();
        ByTheBook book = new ByTheBook();
        book.bridges = 100;
        book.conference = 5;
        book.prepare();
        SelectionBenchmark benchmark = new SelectionBenchmark();
        Turn ours = new Turn();
        Turn theirs = new Turn();

        for (int i = 0; i < Site.REQUESTS + 10; i++) {
            assertThat(benchmark.confocal(confocal, ours)).isInstanceOf(Selection.Chosen.class);
            assertThat(benchmark.textbook(book, theirs)).isPresent();
        }
    }

    @Test
    void costsOfOneSizeAreOneLineWithTheirRatioToTheTextbook() {
        Cost.Key ours = new Cost.Key("Ours", 100, 5);
        Cost.Key book = new Cost.Key(Cost.TEXTBOOK, 100, 5);
        SelectionTable table = new SelectionTable(List.of(
                Cost.ofSamples(ours, 2, 4, 1000).and(Cost.ofThroughput(ours, 600)),
                Cost.ofSamples(book, 10, 40, Double.NaN).and(Cost.ofThroughput(book, 200))));

        assertThat(table.json())
                .isEqualTo("{\"selection\": [{\"strategy\": \"Ours\", \"bridges\": 100, \"conference_bridges\": 5,"
                        + " \"p50_us\": 2.000, \"p99_us\": 4.000, \"bytes_per_op\": 1000.000,"
                        + " \"two_threads_per_s\": 600.000, \"p50_textbook_ratio\": 5.000,"
                        + " \"two_threads_textbook_ratio\": 3.000}, {\"strategy\": \"textbook\", \"bridges\": 100,"
                        + " \"conference_bridges\": 5, \"p50_us\": 10.000, \"p99_us\": 40.000, \"bytes_per_op\": null,"
                        + " \"two_threads_per_s\": 200.000, \"p50_textbook_ratio\": 1.000,"
                        + " \"two_threads_textbook_ratio\": 1.000}]}");
        assertThat(table.text()).contains("Ours").contains("600").contains("5.0");
    }
}
