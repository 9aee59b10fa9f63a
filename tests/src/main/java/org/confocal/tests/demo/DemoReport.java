package org.confocal.tests.demo;

import java.util.List;
import org.confocal.tests.demo.FocusUnderTest.Holdings;

/**
 * What a run of the demo measured; its components are the fields of the JSON.
 *
 * @param conferences rooms in which somebody was invited
 * @param invited participants that received a session-initiate
 * @param accepted participants whose session-accept was answered with a result
 * @param sourcesPropagated SSRCs of others that participants were told of, all together
 * @param inviteMs from there being two in the room to the session-initiate
 * @param left what the focus still held at the end
 * @param errors every expectation that was not met
 */
public record DemoReport(
        String mode,
        int conferences,
        int participants,
        int invited,
        int accepted,
        long sourcesPropagated,
        Percentiles inviteMs,
        List<Bridge> bridges,
        Holdings left,
        List<String> errors)
        implements Report {
    public DemoReport {
        bridges = List.copyOf(bridges);
        errors = List.copyOf(errors);
    }

    /** Milliseconds. */
    public record Percentiles(double p50, double p99) {
        /** Of these; 0 where there are none. */
        static Percentiles ofNanos(List<Long> nanos) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return new Percentiles(at(sorted, 0.50), at(sorted, 0.99));
        }

        private static double at(List<Long> sorted, double fraction) {
            if (sorted.isEmpty()) {
                return 0;
            }
            int index = (int) Math.ceil(fraction * sorted.size()) - 1;
            return Math.round(sorted.get(Math.max(index, 0)) / 100_000.0) / 10.0;
        }
    }

    /** One bridge. */
    public record Bridge(String id, String region, int peakEndpoints, int endpointsLeft, int conferencesLeft) {}

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder(300);
        text.append(mode).append(" mode: ").append(conferences).append(" conferences, ");
        text.append(participants).append(" participants, ").append(invited).append(" invited, ");
        text.append(accepted).append(" accepted, ").append(sourcesPropagated).append(" sources propagated\n");
        text.append("invited after ").append(inviteMs.p50).append(" ms (median), ");
        text.append(inviteMs.p99).append(" ms (99 %)\n");
        for (Bridge bridge : bridges) {
            text.append(bridge.id).append(" in ").append(bridge.region).append(": at most ");
            text.append(bridge.peakEndpoints)
                    .append(" endpoints, ")
                    .append(bridge.endpointsLeft)
                    .append(" left\n");
        }
        text.append("left in the focus: ").append(left).append('\n');
        text.append(errors.isEmpty() ? "no errors" : errors.size() + " errors:\n" + String.join("\n", errors));
        return text.toString();
    }
}
