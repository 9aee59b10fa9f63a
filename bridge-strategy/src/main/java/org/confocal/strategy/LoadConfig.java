package org.confocal.strategy;

/**
 * What somebody who is placed is expected to cost.
 *
 * @param reserve how much is reserved
 * @param model packets per second of participants and relays
 * @param learn whether the model is corrected by what bridges report
 */
public record LoadConfig(Reserve reserve, LoadModel model, Learn learn) {
    /** The same for everybody, as Jicofo does it. */
    public static final LoadConfig CONSTANT = new LoadConfig(Reserve.CONSTANT, LoadModel.DEFAULTS, Learn.ON);

    /** By the conference that somebody joins, and corrected by what bridges report. */
    public static final LoadConfig EXPECTED = new LoadConfig(Reserve.EXPECTED, LoadModel.DEFAULTS, Learn.ON);

    /** How much is reserved ({@code bridge.load-model}). */
    public enum Reserve {
        /**
         * What the model expects of the participant when its conference has the size that is forecast, as a part of what
         * the bridge can carry: see {@link FleetSnapshot#reserved(SelectionRequest, BridgeId)}.
         */
        EXPECTED,
        /** The bridge's own average stress of a participant, else the configured one (spec/05, section 4). */
        CONSTANT
    }

    /** Whether the model is corrected ({@code bridge.load.learn}), where it is used: see {@link LoadLearning}. */
    public enum Learn {
        ON,
        OFF
    }
}
