package org.confocal.tests.demo;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What a run measured. */
interface Report {
    /** As one JSON object; its fields are the report's components. */
    default String toJson() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    /** For people. */
    String toText();

    /** Every expectation that was not met, as a sentence. */
    List<String> errors();
}
