package org.confocal.focus.config;

/**
 * How many people a second get a new session because of their bridge, not because they came. Each is a bucket that holds
 * one second's worth, so that a little is never delayed. All above 0 and at most {@value #MAX_RATE}.
 *
 * <p>Urgent: there is no media, because a bridge died or lost an endpoint. Convenient: media flows, and somebody or
 * something wants a bridge emptier.
 *
 * @param urgent of all conferences together
 * @param urgentPerBridge that one bridge is asked for
 * @param convenient of all conferences together
 * @param convenientPerBridge away from one bridge
 */
public record MoveConfig(double urgent, double urgentPerBridge, double convenient, double convenientPerBridge) {
    public static final double MAX_RATE = 1e6;

    public static final MoveConfig DEFAULTS = new MoveConfig(500, 100, 20, 5);

    public MoveConfig {
        for (double rate : new double[] {urgent, urgentPerBridge, convenient, convenientPerBridge}) {
            if (!(rate > 0 && rate <= MAX_RATE)) {
                throw new IllegalArgumentException(
                        "a rate of moves must be above 0 and at most " + MAX_RATE + ", not " + rate);
            }
        }
    }
}
