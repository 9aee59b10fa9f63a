package org.confocal.focus.conference;

import java.util.List;

/** What a {@link Machine} answers: the next state, and the effects to carry out in this order. */
public record Step<S>(S state, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }
}
