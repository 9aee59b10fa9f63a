package org.confocal.strategy;

/** What somebody takes part as: visitors only receive (spec/04, section 10). */
public enum Audience {
    PARTICIPANT,
    VISITOR
}
