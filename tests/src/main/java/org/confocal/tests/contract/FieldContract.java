package org.confocal.tests.contract;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That each JSON field is there and has its type. */
final class FieldContract {
    private static final String ANY_KEY = "*";
    private static final String ELEMENTS = "[]";

    private final Findings findings;
    private String page = "";

    FieldContract(Findings findings) {
        this.findings = findings;
    }

    /** @param lines of {@code fields.txt}: {@code at PATH}, then a field and its type a line */
    static void check(List<String> lines, HttpFace http, Findings findings) throws IOException {
        FieldContract contract = new FieldContract(findings);
        JsonNode tree = JsonMapper.shared().missingNode();
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("at")) {
                contract.page = words[1];
                tree = contract.read(http.get(words[1], "application/json"));
            } else {
                findings.check();
                contract.look(tree, List.of(words[0].split("\\.", -1)), words[0], words[1]);
            }
        }
    }

    private JsonNode read(HttpResponse<String> response) {
        try {
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException notJson) {
            findings.wrong(page + ": not JSON");
            return JsonMapper.shared().missingNode();
        }
    }

    /** What is wrong with a field is found once, and not for each of a hundred participants. */
    private boolean look(JsonNode at, List<String> path, String whole, String types) {
        if (path.isEmpty()) {
            return hasType(at, whole, types);
        }
        String step = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (step.equals(ANY_KEY) || step.equals(ELEMENTS)) {
            boolean container = step.equals(ANY_KEY) ? at.isObject() : at.isArray();
            if (!container || at.isEmpty()) {
                return absent(whole, container ? "nothing there" : "no container");
            }
            for (JsonNode child : at.values()) {
                if (!look(child, rest, whole, types)) {
                    return false;
                }
            }
            return true;
        }
        boolean optional = step.endsWith("?");
        JsonNode child = at.path(optional ? step.substring(0, step.length() - 1) : step);
        if (child.isMissingNode()) {
            return optional || absent(whole, "no " + step);
        }
        return look(child, rest, whole, types);
    }

    private boolean absent(String whole, String why) {
        findings.missing(page + " " + whole + ": " + why);
        return false;
    }

    private boolean hasType(JsonNode value, String whole, String types) {
        for (String type : types.split("\\|", -1)) {
            if (is(value, type)) {
                return true;
            }
        }
        findings.wrong(page + " " + whole + ": " + value.getNodeType() + " in place of " + types);
        return false;
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "int" -> value.isIntegralNumber();
            case "float" -> value.isNumber();
            case "bool" -> value.isBoolean();
            case "string" -> value.isString();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("there is no type " + type);
        };
    }
}
