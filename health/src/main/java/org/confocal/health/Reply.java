package org.confocal.health;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole answer.
 *
 * @param headers beside those that every answer has
 * @param connection whether it can be used again: not after a body that was not read to its end
 */
record Reply(int status, String contentType, String body, Map<String, String> headers, Connection connection) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_REASON = 300;

    Reply {
        headers = Map.copyOf(headers);
    }

    /** What becomes of the connection. */
    enum Connection {
        KEEP,
        CLOSE
    }

    static Reply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    /** {@code tree} as JSON: maps, lists, texts, numbers and booleans. */
    static Reply json(Object tree) {
        return json(200, tree);
    }

    /** The same with this status. */
    static Reply json(int status, Object tree) {
        return new Reply(status, "application/json", JSON.writeValueAsString(tree), Map.of(), Connection.KEEP);
    }

    static Reply of(int status, String contentType, String body) {
        return new Reply(status, contentType, body, Map.of(), Connection.KEEP);
    }

    /** An error whose body is {@code {"reason": ...}}, cut to {@value #MAX_REASON} characters. */
    static Reply refusal(int status, String reason) {
        String bounded = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "..." : reason;
        return of(status, "application/json", JSON.writeValueAsString(Map.of("reason", bounded)));
    }

    /** For 405: the methods that would do. */
    Reply withAllow(String methods) {
        return withHeader("Allow", methods);
    }

    Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more, connection);
    }

    Reply withConnection(Connection other) {
        return new Reply(status, contentType, body, headers, other);
    }

    /** Sends it and completes the exchange. Returns at once. */
    void send(Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        headers.forEach(response.getHeaders()::put);
        switch (connection) {
            case KEEP -> {}
            case CLOSE -> response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.write(true, StandardCharsets.UTF_8.encode(body), callback);
    }
}
