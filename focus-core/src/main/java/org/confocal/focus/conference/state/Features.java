package org.confocal.focus.conference.state;

import java.util.Set;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.RequestId;

/** What a member supports. */
public sealed interface Features {
    /** It was asked. */
    record Asked(RequestId request) implements Features {}

    /** It answered, or did not in time. */
    record Known(Set<Feature> features) implements Features {
        public Known {
            features = Set.copyOf(features);
        }
    }
}
