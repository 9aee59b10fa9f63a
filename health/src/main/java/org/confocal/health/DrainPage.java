package org.confocal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.view.DrainControl;
import org.confocal.focus.view.DrainControl.Answer;
import org.confocal.focus.view.DrainControl.Request;
import org.confocal.focus.view.DrainControl.Status;
import org.confocal.focus.view.DrainControl.Target;
import org.confocal.strategy.Region;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /drain}: emptying bridges (docs/operations.md). Pure but for the control. */
final class DrainPage {
    static final String PATH = "/drain";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> TARGETS = Set.of("bridge", "region", "version", "shard");
    private static final Set<String> OTHERS = Set.of("deadlineSeconds", "perMinute", "dryRun");
    private static final int MAX_TEXT = 1_023;

    /** A week. */
    private static final int MAX_SECONDS = 7 * 24 * 3_600;

    private static final int MAX_PER_MINUTE = 1_000_000;

    private DrainPage() {}

    static Reply list(DrainControl control, Instant now) {
        return Reply.json(Map.of(
                "drains",
                control.drains().stream().map(status -> tree(status, now)).toList()));
    }

    /** The answer to a DELETE of a drain. */
    static Reply undo(String id, DrainControl control) {
        return control.undo(id) ? Reply.json(Map.of("undone", id)) : Reply.refusal(404, "There is no drain " + id);
    }

    /** The answer to a POST. */
    static Reply drain(byte[] body, DrainControl control, Instant now) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            return Reply.refusal(400, "not JSON: " + e.getOriginalMessage());
        }
        try {
            Request request = request(json);
            boolean dry = json.path("dryRun").asBoolean(false);
            return reply(dry ? control.plan(request) : control.drain(request), dry, now);
        } catch (BadOrderException bad) {
            return Reply.refusal(400, String.valueOf(bad.getMessage()));
        }
    }

    private static Request request(JsonNode json) throws BadOrderException {
        if (!json.isObject()) {
            throw new BadOrderException("not a JSON object");
        }
        List<String> targets = new ArrayList<>();
        for (String key : json.propertyNames()) {
            if (TARGETS.contains(key)) {
                targets.add(key);
            } else if (!OTHERS.contains(key)) {
                throw new BadOrderException("'" + key + "' is not known; there are bridge, region, version, shard,"
                        + " deadlineSeconds, perMinute and dryRun");
            }
        }
        if (targets.size() != 1) {
            throw new BadOrderException("exactly one of bridge, region, version and shard is wanted");
        }
        if (json.has("dryRun") && !json.path("dryRun").isBoolean()) {
            throw new BadOrderException("'dryRun' must be true or false");
        }
        OptionalInt seconds = number(json, "deadlineSeconds", MAX_SECONDS);
        Optional<Duration> deadline =
                seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsInt())) : Optional.empty();
        return new Request(target(targets.getFirst(), json), deadline, number(json, "perMinute", MAX_PER_MINUTE));
    }

    private static Target target(String key, JsonNode json) throws BadOrderException {
        JsonNode value = json.path(key);
        if (key.equals("shard")) {
            if (!value.isBoolean() || !value.asBoolean()) {
                throw new BadOrderException("'shard' must be true");
            }
            return new Target.Shard();
        }
        String text = value.isString() ? value.asString() : "";
        if (text.isBlank() || text.length() > MAX_TEXT) {
            throw new BadOrderException("'" + key + "' must be a text of 1 to " + MAX_TEXT + " characters");
        }
        return switch (key) {
            case "bridge" -> new Target.OneBridge(text);
            case "region" -> new Target.OfRegion(new Region(text));
            default -> new Target.OfVersion(text);
        };
    }

    private static OptionalInt number(JsonNode json, String key, int most) throws BadOrderException {
        if (!json.hasNonNull(key)) {
            return OptionalInt.empty();
        }
        JsonNode value = json.path(key);
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > most) {
            throw new BadOrderException("'" + key + "' must be a whole number from 1 to " + most);
        }
        return OptionalInt.of(value.asInt());
    }

    private static Reply reply(Answer answer, boolean dry, Instant now) {
        return switch (answer) {
            case Answer.Accepted accepted -> {
                Map<String, Object> tree = tree(accepted.status(), now);
                tree.put("dryRun", dry);
                yield Reply.json(tree);
            }
            case Answer.NotFound missing -> Reply.refusal(404, missing.what());
            case Answer.Refused refused -> Reply.refusal(409, refused.why());
            case Answer.TooMany tooMany ->
                Reply.refusal(503, "There are " + DrainControl.MOST + " drains already; undo some");
        };
    }

    private static Map<String, Object> tree(Status status, Instant now) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", status.id());
        switch (status.target()) {
            case Target.OneBridge one -> tree.put("bridge", one.name());
            case Target.OfRegion in -> tree.put("region", in.region().toString());
            case Target.OfVersion of -> tree.put("version", of.version());
            case Target.Shard shard -> tree.put("shard", true);
        }
        tree.put("since", status.since().toString());
        status.deadline().ifPresent(deadline -> tree.put("deadline", deadline.toString()));
        status.perMinute().ifPresent(pace -> tree.put("perMinute", pace));
        tree.put("state", status.progress().name().toLowerCase(Locale.ROOT));
        tree.put("bridges", status.bridges());
        tree.put("bridgeCount", status.bridgeCount());
        tree.put("people", status.people());
        tree.put("moved", status.moved());
        status.left().ifPresent(left -> tree.put("etaSeconds", left.toSeconds()));
        tree.put("late", status.late(now));
        return tree;
    }

    /** An order that cannot be understood. */
    private static final class BadOrderException extends Exception {
        private static final long serialVersionUID = 1;

        BadOrderException(String message) {
            super(message);
        }
    }
}
