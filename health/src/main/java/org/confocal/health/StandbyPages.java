package org.confocal.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What a process answers that waits while another one acts: probes keep it alive and send nobody to it. */
final class StandbyPages extends Handler.Abstract {
    private static final int UNAVAILABLE = 503;
    private static final String SENTENCE = "This process waits as a standby: another one acts, or may act.";

    private final Set<HttpConfig.Group> groups;
    private final StandbyMeters meters;

    StandbyPages(Set<HttpConfig.Group> groups, List<Figure> figures) {
        this.groups = groups;
        this.meters = new StandbyMeters(figures);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        Reply reply = reads ? page(Request.getPathInContext(request), request) : Reply.refusal(UNAVAILABLE, SENTENCE);
        reply.send(response, callback);
        return true;
    }

    private Reply page(String path, Request request) {
        return switch (path) {
            case "/health/live" -> HealthPage.live();
            case "/health/ready" -> Reply.json(UNAVAILABLE, readiness());
            case "/health" -> Reply.json(UNAVAILABLE, Map.of("live", Map.of("alive", true), "ready", readiness()));
            case "/about/health" -> Reply.text(UNAVAILABLE, SENTENCE);
            case "/metrics" ->
                groups.contains(HttpConfig.Group.METRICS) ? metrics(request) : Reply.refusal(UNAVAILABLE, SENTENCE);
            default -> Reply.refusal(UNAVAILABLE, SENTENCE);
        };
    }

    private static Map<String, Object> readiness() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ready", false);
        tree.put("standby", true);
        tree.put("missing", List.of(SENTENCE));
        return tree;
    }

    private Reply metrics(Request request) {
        MetricsFormat format = MetricsFormat.of(request.getHeaders().getFields(HttpHeader.ACCEPT).stream()
                .map(HttpField::getValue)
                .toList());
        return switch (format) {
            case OPEN_METRICS, PROMETHEUS -> Reply.of(200, format.contentType(), meters.scrape(format.contentType()));
            case JSON -> Reply.json(meters.flat());
        };
    }
}
