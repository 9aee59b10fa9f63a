package org.confocal.focus.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON: by their components, and refused where one of these is missing. Stateless; any thread. */
public final class RecordJson {
    private static final JsonMapper MAPPER = builder().build();

    private RecordJson() {}

    /** For who has kinds of values that need more to be told apart. */
    public static JsonMapper.Builder builder() {
        return JsonMapper.builder()
                .changeDefaultVisibility(visibility -> visibility
                        .withFieldVisibility(Visibility.ANY)
                        .withGetterVisibility(Visibility.NONE)
                        .withIsGetterVisibility(Visibility.NONE))
                .enable(
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    }

    /** UTF-8 JSON. */
    public static byte[] write(Record value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** @throws IllegalArgumentException where that is not what was written, with a sentence about it */
    public static <T extends Record> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(
                    "A record of %s cannot be read: %s"
                            .formatted(type.getSimpleName(), unreadable.getOriginalMessage()),
                    unreadable);
        }
    }
}
