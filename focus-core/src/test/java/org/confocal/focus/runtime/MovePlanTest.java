package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.confocal.focus.conference.MoveCause;
import org.confocal.focus.fleet.MoveOrder;
import org.confocal.focus.runtime.MovePlan.Part;
import org.confocal.focus.runtime.MovePlan.Unit;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovePlanTest {
    private static final BridgeId JVB1 = new BridgeId("brewery@internal.example.org/jvb1");

    @ParameterizedTest(name = "{0} of small 2, large 5, middle 3: {1}")
    @CsvSource({
        "PERSON,      0, 0, 0, ''",
        "PERSON,      4, 4, 1, large 0 large 1 large 2 large 3",
        "PERSON,      7, 7, 2, large 0 large 1 large 2 large 3 large 4 middle 0 middle 1",
        "PERSON,     99, 10, 3, large 0 large 1 large 2 large 3 large 4 middle 0 middle 1 middle 2 small 0 small 1",
        "CONFERENCE,  1, 0, 0, ''",
        "CONFERENCE,  4, 3, 1, middle",
        "CONFERENCE,  5, 5, 1, large",
        "CONFERENCE,  7, 7, 2, large small",
        "CONFERENCE, 99, 10, 3, large middle small",
    })
    void theLargestConferencesGiveTheirQuietestFirst(Unit unit, int most, int people, int conferences, String who) {
        List<MoveOrder> orders = MovePlan.of(
                List.of(part("small", 2), part("large", 5), part("middle", 3)), JVB1, unit, most, MoveCause.REQUESTED);

        assertThat(MovePlan.people(orders)).isEqualTo(people);
        assertThat(MovePlan.conferences(orders)).isEqualTo(conferences);
        List<String> told = orders.stream()
                .map(order -> order.room().local()
                        + order.who().map(id -> " " + id.value()).orElse(""))
                .toList();
        assertThat(String.join(" ", told)).isEqualTo(who);
    }

    private static Part part(String room, int people) {
        List<EndpointId> movable =
                IntStream.range(0, people).mapToObj(n -> new EndpointId("" + n)).toList();
        return new Part(new RoomId(room + "@muc.example.org"), movable, people);
    }
}
