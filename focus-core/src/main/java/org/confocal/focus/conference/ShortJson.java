package org.confocal.focus.conference;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * What a state has most of, written short: an id as its text or number, a source as an array of its parts, an instant as its
 * seconds and nanoseconds.
 */
final class ShortJson {
    private ShortJson() {}

    static JacksonModule module() {
        SimpleModule module = new SimpleModule("short");
        text(module, EndpointId.class, EndpointId::value, EndpointId::new);
        text(module, BridgeId.class, BridgeId::value, BridgeId::new);
        text(module, RoomId.class, RoomId::value, RoomId::new);
        text(module, Jid.class, Jid::value, Jid::new);
        text(module, SessionId.class, SessionId::value, SessionId::new);
        text(module, BridgeSessionId.class, BridgeSessionId::value, BridgeSessionId::new);
        text(module, MeetingId.class, MeetingId::value, MeetingId::new);
        number(module, RequestId.class, RequestId::value, RequestId::new);
        number(module, Ssrc.class, Ssrc::value, Ssrc::new);
        module.addSerializer(Source.class, new SourceWriter());
        module.addDeserializer(Source.class, new SourceReader());
        module.addSerializer(Instant.class, new InstantWriter());
        module.addDeserializer(Instant.class, new InstantReader());
        return module;
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new ValueSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializationContext context) {
                to.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new ValueDeserializer<>() {
            @Override
            public T deserialize(JsonParser from, DeserializationContext context) {
                return valid(type, Tokens.text(from, type, context), read, context);
            }
        });
    }

    private static <T> void number(SimpleModule module, Class<T> type, ToLongFunction<T> write, LongFunction<T> read) {
        module.addSerializer(type, new ValueSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializationContext context) {
                to.writeNumber(write.applyAsLong(value));
            }
        });
        module.addDeserializer(type, new ValueDeserializer<>() {
            @Override
            public T deserialize(JsonParser from, DeserializationContext context) {
                return read.apply(Tokens.number(from, type, context));
            }
        });
    }

    private static <T> T valid(Class<?> type, String text, Function<String, T> read, DeserializationContext context) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw context.weirdStringException(text, type, String.valueOf(wrong.getMessage()));
        }
    }

    private static final class SourceWriter extends ValueSerializer<Source> {
        @Override
        public void serialize(Source source, JsonGenerator to, SerializationContext context) {
            to.writeStartArray();
            to.writeNumber(source.ssrc().value());
            to.writeString(source.media().name());
            write(source.name(), to);
            write(source.msid(), to);
            to.writeString(source.videoType().name());
            to.writeEndArray();
        }

        private static void write(Optional<String> text, JsonGenerator to) {
            if (text.isPresent()) {
                to.writeString(text.get());
            } else {
                to.writeNull();
            }
        }
    }

    private static final class SourceReader extends ValueDeserializer<Source> {
        @Override
        public Source deserialize(JsonParser from, DeserializationContext context) {
            Tokens.expect(from.currentToken() == JsonToken.START_ARRAY, Source.class, context);
            Ssrc ssrc = new Ssrc(Tokens.nextNumber(from, Source.class, context));
            MediaType media = valid(Source.class, nextText(from, context), MediaType::valueOf, context);
            Optional<String> name = nextOptional(from, context);
            Optional<String> msid = nextOptional(from, context);
            VideoType videoType = valid(Source.class, nextText(from, context), VideoType::valueOf, context);
            Tokens.expect(from.nextToken() == JsonToken.END_ARRAY, Source.class, context);
            return new Source(ssrc, media, name, msid, videoType);
        }

        private static String nextText(JsonParser from, DeserializationContext context) {
            from.nextToken();
            return Tokens.text(from, Source.class, context);
        }

        private static Optional<String> nextOptional(JsonParser from, DeserializationContext context) {
            return from.nextToken() == JsonToken.VALUE_NULL
                    ? Optional.empty()
                    : Optional.of(Tokens.text(from, Source.class, context));
        }
    }

    private static final class InstantWriter extends ValueSerializer<Instant> {
        @Override
        public void serialize(Instant instant, JsonGenerator to, SerializationContext context) {
            to.writeStartArray();
            to.writeNumber(instant.getEpochSecond());
            to.writeNumber(instant.getNano());
            to.writeEndArray();
        }
    }

    private static final class InstantReader extends ValueDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser from, DeserializationContext context) {
            Tokens.expect(from.currentToken() == JsonToken.START_ARRAY, Instant.class, context);
            long seconds = Tokens.nextNumber(from, Instant.class, context);
            long nanos = Tokens.nextNumber(from, Instant.class, context);
            boolean inRange = seconds >= Instant.MIN.getEpochSecond() && seconds <= Instant.MAX.getEpochSecond();
            boolean ended = from.nextToken() == JsonToken.END_ARRAY;
            Tokens.expect(inRange && nanos >= 0 && nanos < 1_000_000_000 && ended, Instant.class, context);
            return Instant.ofEpochSecond(seconds, nanos);
        }
    }

    /** What stands where the parser is; anything else than what was written there is refused. */
    private static final class Tokens {
        static String text(JsonParser from, Class<?> type, DeserializationContext context) {
            expect(from.currentToken() == JsonToken.VALUE_STRING, type, context);
            return from.getString();
        }

        static long number(JsonParser from, Class<?> type, DeserializationContext context) {
            expect(from.currentToken() == JsonToken.VALUE_NUMBER_INT, type, context);
            return from.getLongValue();
        }

        static long nextNumber(JsonParser from, Class<?> type, DeserializationContext context) {
            from.nextToken();
            return number(from, type, context);
        }

        static void expect(boolean asWritten, Class<?> type, DeserializationContext context) {
            if (!asWritten) {
                context.reportInputMismatch(type, "not written as a %s is", type.getSimpleName());
            }
        }
    }
}
