package org.confocal.health;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.confocal.focus.view.FocusView;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** The page at {@code /}: its files, its events, and what it asks for. Reads only. */
final class Dashboard {
    private static final String EVENTS = "/events";
    private static final String CONFERENCES = "/dashboard/conferences";

    private final FocusView view;
    private final DashboardFiles files = new DashboardFiles();
    private final EventStream events;

    Dashboard(FocusView view, FocusIdentity identity, SiteFacts site) {
        this.view = view;
        this.events = new EventStream(new DashboardFeed(view, identity, site)::next, EventStream.PERIOD);
    }

    /** Answers what is the dashboard's; false for everything else, which is untouched then. */
    boolean handle(String path, Request request, Response response, Callback callback) {
        boolean known = path.equals(EVENTS) || path.equals(CONFERENCES) || files.has(path);
        if (!known) {
            return false;
        }
        boolean head = request.getMethod().equals("HEAD");
        if (!head && !request.getMethod().equals("GET")) {
            Reply.refusal(405, "Only GET and HEAD are answered here")
                    .withAllow("GET, HEAD")
                    .send(response, callback);
        } else if (files.has(path)) {
            files.send(path, request, response, callback);
        } else if (path.equals(CONFERENCES)) {
            conferences(request).send(response, callback);
        } else if (head) {
            Reply.of(200, "text/event-stream; charset=utf-8", "").send(response, callback);
        } else {
            events.open(request, response, callback);
        }
        return true;
    }

    private Reply conferences(Request request) {
        Fields query = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
        String search = Optional.ofNullable(query.getValue("search")).orElse("");
        String offset = Optional.ofNullable(query.getValue("offset")).orElse("0");
        try {
            return ConferenceList.of(view.snapshot(), search, Integer.parseInt(offset));
        } catch (NumberFormatException e) {
            return Reply.refusal(400, "offset must be a whole number");
        }
    }
}
