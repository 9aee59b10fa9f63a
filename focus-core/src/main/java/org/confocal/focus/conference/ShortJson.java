package org.confocal.focus.conference;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
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
        add(module, Source.class, ShortJson::writeSource, ShortJson::readSource);
        add(module, Instant.class, ShortJson::writeInstant, ShortJson::readInstant);
        return module;
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        add(
                module,
                type,
                (value, to) -> to.writeString(write.apply(value)),
                (from, context) -> valid(type, Tokens.text(from, type, context), read, context));
    }

    private static <T> void number(SimpleModule module, Class<T> type, ToLongFunction<T> write, LongFunction<T> read) {
        add(
                module,
                type,
                (value, to) -> to.writeNumber(write.applyAsLong(value)),
                (from, context) -> read.apply(Tokens.number(from, type, context)));
    }

    private static <T> void add(
            SimpleModule module,
            Class<T> type,
            BiConsumer<T, JsonGenerator> write,
            BiFunction<JsonParser, DeserializationContext, T> read) {
        module.addSerializer(type, new ValueSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializationContext context) {
                write.accept(value, to);
            }
        });
        module.addDeserializer(type, new ValueDeserializer<>() {
            @Override
            public T deserialize(JsonParser from, DeserializationContext context) {
                return read.apply(from, context);
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

    private static void writeSource(Source source, JsonGenerator to) {
        to.writeStartArray();
        to.writeNumber(source.ssrc().value());
        to.writeString(source.media().name());
        JsonFields.write(source.name(), to);
        JsonFields.write(source.msid(), to);
        to.writeString(source.videoType().name());
        to.writeEndArray();
    }

    private static Source readSource(JsonParser from, DeserializationContext context) {
        Class<Source> type = Source.class;
        Tokens.expect(from.currentToken() == JsonToken.START_ARRAY, type, context);
        Ssrc ssrc = new Ssrc(Tokens.nextNumber(from, type, context));
        MediaType media = valid(type, Tokens.nextText(from, type, context), MediaType::valueOf, context);
        Optional<String> name = Tokens.nextOptional(from, type, context);
        Optional<String> msid = Tokens.nextOptional(from, type, context);
        VideoType videoType = valid(type, Tokens.nextText(from, type, context), VideoType::valueOf, context);
        Tokens.expect(from.nextToken() == JsonToken.END_ARRAY, type, context);
        return new Source(ssrc, media, name, msid, videoType);
    }

    private static void writeInstant(Instant instant, JsonGenerator to) {
        to.writeStartArray();
        to.writeNumber(instant.getEpochSecond());
        to.writeNumber(instant.getNano());
        to.writeEndArray();
    }

    private static Instant readInstant(JsonParser from, DeserializationContext context) {
        Class<Instant> type = Instant.class;
        Tokens.expect(from.currentToken() == JsonToken.START_ARRAY, type, context);
        long seconds = Tokens.nextNumber(from, type, context);
        long nanos = Tokens.nextNumber(from, type, context);
        boolean inRange = seconds >= Instant.MIN.getEpochSecond() && seconds <= Instant.MAX.getEpochSecond();
        boolean ended = from.nextToken() == JsonToken.END_ARRAY;
        Tokens.expect(inRange && nanos >= 0 && nanos < 1_000_000_000 && ended, type, context);
        return Instant.ofEpochSecond(seconds, nanos);
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

        static String nextText(JsonParser from, Class<?> type, DeserializationContext context) {
            from.nextToken();
            return text(from, type, context);
        }

        static Optional<String> nextOptional(JsonParser from, Class<?> type, DeserializationContext context) {
            return from.nextToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(text(from, type, context));
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
