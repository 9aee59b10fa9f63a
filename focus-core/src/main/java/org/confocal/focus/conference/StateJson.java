package org.confocal.focus.conference;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.confocal.focus.conference.state.Features;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.Replacement;
import org.confocal.focus.journal.RecordJson;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.strategy.EndpointId;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How the values of a conference's state are written as JSON. */
final class StateJson {
    static final JsonMapper MAPPER = plain().addModule(QuickJson.module()).build();

    private StateJson() {}

    /** Writes the same with nothing but Jackson's own means. */
    static JsonMapper.Builder plain() {
        return RecordJson.builder()
                .addMixIn(Invite.class, Tagged.class)
                .addMixIn(Features.class, Tagged.class)
                .addMixIn(Pending.class, Tagged.class)
                .addMixIn(Replacement.class, Tagged.class)
                .addMixIn(TimerKey.class, Tagged.class)
                .addMixIn(ConferenceRequest.Origin.class, Tagged.class)
                .addModule(ShortJson.module())
                .addModule(new SimpleModule("keys").addKeyDeserializer(EndpointId.class, new EndpointIdKey()));
    }

    /** Says which of a closed family a value is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Tagged {}

    /** Endpoint ids as names of JSON fields. */
    private static final class EndpointIdKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return new EndpointId(key);
        }
    }
}
