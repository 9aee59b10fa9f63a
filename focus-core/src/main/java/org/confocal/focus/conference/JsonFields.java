package org.confocal.focus.conference;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** The fields of one JSON object, which are written one after the other. */
final class JsonFields {
    private final JsonGenerator json;
    private final SerializationContext context;

    private JsonFields(JsonGenerator json, SerializationContext context) {
        this.json = json;
        this.context = context;
    }

    /** Writes a kind of values as objects with these fields, and with the one that says which of a family it is. */
    static <T> ValueSerializer<T> serializer(BiConsumer<T, JsonFields> fields) {
        return new ValueSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializationContext context) {
                json.writeStartObject();
                fields.accept(value, new JsonFields(json, context));
                json.writeEndObject();
            }

            @Override
            public void serializeWithType(
                    T value, JsonGenerator json, SerializationContext context, TypeSerializer family) {
                json.writeStartObject();
                json.writeStringProperty(
                        family.getPropertyName(), family.getTypeIdResolver().idFromValue(context, value));
                fields.accept(value, new JsonFields(json, context));
                json.writeEndObject();
            }
        };
    }

    void text(String name, String text) {
        json.writeStringProperty(name, text);
    }

    void text(String name, Optional<String> text) {
        json.writeName(name);
        write(text, json);
    }

    static void write(Optional<String> text, JsonGenerator json) {
        if (text.isPresent()) {
            json.writeString(text.get());
        } else {
            json.writeNull();
        }
    }

    void number(String name, long number) {
        json.writeNumberProperty(name, number);
    }

    void decimal(String name, double number) {
        json.writeNumberProperty(name, number);
    }

    void flag(String name, boolean flag) {
        json.writeBooleanProperty(name, flag);
    }

    void texts(String name, List<String> texts) {
        array(name, texts, json::writeString);
    }

    void names(String name, Collection<? extends Enum<?>> values) {
        array(name, values, value -> json.writeString(value.name()));
    }

    <T> void object(String name, T value, BiConsumer<T, JsonFields> fields) {
        json.writeName(name);
        object(value, fields);
    }

    <T> void optional(String name, Optional<T> value, BiConsumer<T, JsonFields> fields) {
        json.writeName(name);
        if (value.isPresent()) {
            object(value.get(), fields);
        } else {
            json.writeNull();
        }
    }

    <T> void objects(String name, Collection<T> values, BiConsumer<T, JsonFields> fields) {
        array(name, values, value -> object(value, fields));
    }

    <K, T> void map(String name, Map<K, T> map, Function<K, String> key, BiConsumer<T, JsonFields> fields) {
        json.writeName(name);
        json.writeStartObject();
        map.forEach((each, value) -> object(key.apply(each), value, fields));
        json.writeEndObject();
    }

    private <T> void object(T value, BiConsumer<T, JsonFields> fields) {
        json.writeStartObject();
        fields.accept(value, this);
        json.writeEndObject();
    }

    /** Whatever Jackson knows how to write. */
    void any(String name, Object value) {
        json.writeName(name);
        context.writeValue(json, value);
    }

    void anyOf(String name, Collection<?> values) {
        array(name, values, value -> context.writeValue(json, value));
    }

    private <T> void array(String name, Collection<T> values, Consumer<T> each) {
        json.writeName(name);
        json.writeStartArray();
        values.forEach(each);
        json.writeEndArray();
    }
}
