package org.confocal.health;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.confocal.focus.view.FocusControl;
import org.confocal.focus.view.FocusView;
import org.confocal.strategy.RoomId;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which page answers which path. Runs on the server's threads and lets none of them wait: a conference request is
 * answered when the focus has answered, by a thread that was free meanwhile. No GET changes anything, but for those of
 * {@link MovePage}, which are Jicofo's.
 */
final class Router extends Handler.Abstract {
    private static final Logger log = LoggerFactory.getLogger(Router.class);
    private static final Duration LOG_PAUSE = Duration.ofMinutes(1);
    private static final String CONFERENCE = "/debug/conference/";

    private final HttpConfig config;
    private final FocusView view;
    private final FocusControl control;
    private final FocusIdentity identity;
    private final FocusMeters meters;
    private final Autoscale autoscale;
    private final InstantSource clock;
    private final Supplier<Map<String, Object>> extraDebug;
    private final Optional<Dashboard> dashboard;
    private final AtomicLong nextLog = new AtomicLong(Long.MIN_VALUE);

    Router(
            HttpConfig config,
            FocusView view,
            FocusControl control,
            FocusIdentity identity,
            FocusMeters meters,
            Autoscale autoscale,
            InstantSource clock,
            SiteFacts site,
            Supplier<Map<String, Object>> extraDebug) {
        this.config = config;
        this.dashboard = config.groups().contains(HttpConfig.Group.DASHBOARD)
                ? Optional.of(new Dashboard(view, identity, site))
                : Optional.empty();
        this.view = view;
        this.control = control;
        this.identity = identity;
        this.meters = meters;
        this.autoscale = autoscale;
        this.clock = clock;
        this.extraDebug = extraDebug;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = URIUtil.decodePath(Request.getPathInContext(request));
        if (dashboard.isPresent() && dashboard.get().handle(path, request, response, callback)) {
            return true;
        }
        Optional<CompletableFuture<Reply>> later = later(path, request);
        if (later.isPresent()) {
            CompletableFuture<Boolean> unused = later.get().handle((reply, failure) -> {
                (failure == null ? reply : Reply.refusal(500, "The request failed")).send(response, callback);
                return true;
            });
            return true;
        }
        Optional<Supplier<Reply>> page = page(path, request);
        Reply reply;
        if (page.isEmpty()) {
            reply = Reply.refusal(404, "There is nothing at " + path);
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            reply = Reply.refusal(405, "Only GET and HEAD are answered here").withAllow("GET, HEAD");
        } else {
            reply = shown(path, page.get());
        }
        reply.send(response, callback);
        return true;
    }

    /** What is answered once its body has been read; empty for a page that is answered at once. */
    private Optional<CompletableFuture<Reply>> later(String path, Request request) {
        boolean posted = request.getMethod().equals("POST");
        if (serves(HttpConfig.Group.CONFERENCE_REQUEST) && path.equals("/conference-request/v1")) {
            return Optional.of(conferenceRequest(request));
        }
        if (serves(HttpConfig.Group.PIN) && path.equals(PinPage.PATH) && posted) {
            return Optional.of(posted(request, body -> completed(PinPage.pin(body, control))));
        }
        if (serves(HttpConfig.Group.PIN) && path.equals(PinPage.REMOVE)) {
            return Optional.of(
                    posted
                            ? posted(request, body -> completed(PinPage.remove(body, control)))
                            : completed(Reply.refusal(405, "Only POST is answered here")
                                    .withAllow("POST")));
        }
        if (serves(HttpConfig.Group.EXPLAIN) && path.equals(WhatIfPage.PATH)) {
            return Optional.of(
                    posted
                            ? posted(request, body -> completed(WhatIfPage.answer(body, view.explanations())))
                            : completed(Reply.refusal(405, "Only POST is answered here")
                                    .withAllow("POST")));
        }
        return serves(HttpConfig.Group.DRAIN) ? drained(path, request) : Optional.empty();
    }

    private Optional<CompletableFuture<Reply>> drained(String path, Request request) {
        String method = request.getMethod();
        if (path.equals(DrainPage.PATH) && method.equals("POST")) {
            return Optional.of(
                    posted(request, body -> completed(DrainPage.drain(body, control.drains(), clock.instant()))));
        }
        String one = DrainPage.PATH + "/";
        if (!path.startsWith(one)) {
            return Optional.empty();
        }
        return Optional.of(completed(
                method.equals("DELETE")
                        ? DrainPage.undo(path.substring(one.length()), control.drains())
                        : Reply.refusal(405, "Only DELETE is answered here").withAllow("DELETE")));
    }

    private static CompletableFuture<Reply> completed(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    private Reply shown(String path, Supplier<Reply> page) {
        try {
            return page.get();
        } catch (RuntimeException e) {
            logSometimes("A page failed: " + path, e);
            return Reply.refusal(500, "The focus could not be looked at");
        }
    }

    private Optional<Supplier<Reply>> page(String path, Request request) {
        return switch (path) {
            case "/about/health" -> Optional.of(this::health);
            case "/health" -> Optional.of(() -> HealthPage.all(view.snapshot()));
            case "/health/live" -> Optional.of(HealthPage::live);
            case "/health/ready" -> Optional.of(() -> HealthPage.ready(view.snapshot()));
            case "/health/capacity" -> Optional.of(() -> HealthPage.capacity(view.snapshot()));
            case "/about/version" -> Optional.of(() -> Reply.json(version()));
            case "/stats" -> Optional.of(this::stats);
            case "/metrics" -> of(HttpConfig.Group.METRICS, () -> metrics(request));
            case "/debug" -> of(HttpConfig.Group.DEBUG, () -> debug(request));
            case "/debug/conferences" ->
                of(HttpConfig.Group.DEBUG, () -> Reply.json(FocusFigures.rooms(view.snapshot())));
            case "/debug/conferences-full" ->
                of(HttpConfig.Group.DEBUG, () -> Reply.json(DebugPage.conferences(view, view.snapshot())));
            case "/debug/xmpp-caps" ->
                of(HttpConfig.Group.DEBUG, () -> Reply.json(XmppCapsPage.of(view, view.snapshot())));
            case "/rtcstats" -> Optional.of(() -> Reply.json(DebugPage.rtcstats(view, view.snapshot())));
            case AutoscalePage.PATH -> Optional.of(() -> AutoscalePage.all(view.snapshot(), autoscale));
            case DrainPage.PATH -> of(HttpConfig.Group.DRAIN, () -> DrainPage.list(control.drains(), clock.instant()));
            case PinPage.PATH -> of(HttpConfig.Group.PIN, () -> PinPage.list(control));
            default -> below(path, request);
        };
    }

    /** Pages whose path names what they are about. */
    private Optional<Supplier<Reply>> below(String path, Request request) {
        if (path.startsWith(MovePage.PATH) && serves(HttpConfig.Group.MOVE_ENDPOINTS)) {
            return moved(path, request);
        }
        if (path.startsWith(AutoscalePage.REGION)) {
            String region = path.substring(AutoscalePage.REGION.length());
            return Optional.of(() -> AutoscalePage.one(region, view.snapshot(), autoscale));
        }
        if (path.startsWith(CONFERENCE)) {
            return of(HttpConfig.Group.DEBUG, () -> conference(path.substring(CONFERENCE.length())));
        }
        if (path.startsWith(ExplainPage.CONFERENCE)) {
            String room = path.substring(ExplainPage.CONFERENCE.length());
            return of(HttpConfig.Group.EXPLAIN, () -> ExplainPage.conference(room, view.explanations()));
        }
        if (path.startsWith(ExplainPage.DECISION)) {
            String id = path.substring(ExplainPage.DECISION.length());
            return of(HttpConfig.Group.EXPLAIN, () -> ExplainPage.decision(id, view.explanations()));
        }
        return Optional.empty();
    }

    private Optional<Supplier<Reply>> of(HttpConfig.Group group, Supplier<Reply> page) {
        return serves(group) ? Optional.of(page) : Optional.empty();
    }

    private boolean serves(HttpConfig.Group group) {
        return config.groups().contains(group);
    }

    private Reply health() {
        // Jicofo serves this only with health.enabled, and its image's own probe runs into a 404 else; ours costs
        // nothing, so it is always there.
        HealthAnswer answer = HealthCheck.of(view.snapshot());
        return Reply.text(answer.status(), answer.message());
    }

    private Map<String, Object> version() {
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("name", "Confocal");
        version.put("version", identity.version());
        version.put("os", System.getProperty("os.name", "unknown"));
        return version;
    }

    private Reply stats() {
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        return Reply.json(StatsPage.of(view.snapshot(), identity.version(), threads));
    }

    private Reply metrics(Request request) {
        List<String> accept = request.getHeaders().getFields(HttpHeader.ACCEPT).stream()
                .map(HttpField::getValue)
                .toList();
        MetricsFormat format = MetricsFormat.of(accept);
        return switch (format) {
            case OPEN_METRICS, PROMETHEUS -> Reply.of(200, format.contentType(), meters.scrape(format.contentType()));
            case JSON -> Reply.json(meters.flat());
        };
    }

    private Reply debug(Request request) {
        String full =
                Request.extractQueryParameters(request, StandardCharsets.UTF_8).getValue("full");
        DebugPage.Detail detail = "true".equals(full) ? DebugPage.Detail.FULL : DebugPage.Detail.COUNTS;
        return Reply.json(DebugPage.of(view, identity, detail, extraDebug.get()));
    }

    /** A HEAD must not move anybody. */
    private Optional<Supplier<Reply>> moved(String path, Request request) {
        if (!request.getMethod().equals("GET")) {
            return Optional.of(
                    () -> Reply.refusal(405, "Only GET is answered here").withAllow("GET"));
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Request.extractQueryParameters(request, StandardCharsets.UTF_8)
                .forEach(field -> parameters.putIfAbsent(field.getName(), field.getValue()));
        return MovePage.get(path, parameters, control).map(reply -> () -> reply);
    }

    private Reply conference(String room) {
        return ConferenceRequestPage.RoomAddress.parse(room)
                .map(id -> Reply.json(DebugPage.conference(view, id)))
                .orElseGet(() -> Reply.text(400, "Bad request: Invalid conference ID"));
    }

    private CompletableFuture<Reply> conferenceRequest(Request request) {
        return switch (request.getMethod()) {
            case "OPTIONS" -> CompletableFuture.completedFuture(Reply.text(200, ""));
            case "POST" -> {
                Optional<String> authorization =
                        Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION));
                Executor executor = request.getComponents().getExecutor();
                yield posted(request, body -> ask(ConferenceRequestPage.parse(body, authorization), executor));
            }
            default ->
                CompletableFuture.completedFuture(Reply.refusal(405, "Only POST and OPTIONS are answered here")
                        .withAllow("POST, OPTIONS"));
        };
    }

    private CompletableFuture<Reply> posted(Request request, Function<byte[], CompletableFuture<Reply>> answer) {
        String type = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
                .orElse("");
        // As in Jicofo. It also means that a page of another origin cannot send one without asking first.
        boolean json = type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
        return BodyReader.read(request, config.limits().bodyBytes())
                .orTimeout(config.limits().body().toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(bytes -> json
                        ? answer.apply(bytes)
                        : CompletableFuture.completedFuture(Reply.text(415, "The body must be application/json")))
                .exceptionally(failure -> unread(failure).withConnection(Reply.Connection.CLOSE));
    }

    private CompletableFuture<Reply> ask(ConferenceRequestPage.Parsed parsed, Executor executor) {
        return switch (parsed) {
            case ConferenceRequestPage.Parsed.Refused refused ->
                CompletableFuture.completedFuture(Reply.text(400, "Bad request: " + refused.reason()));
            case ConferenceRequestPage.Parsed.Request asked -> {
                RoomId room = asked.request().room();
                yield CompletableFuture.completedFuture(asked.request())
                        .thenCompose(view::request)
                        .completeOnTimeout(
                                ConferenceRequestPage.notReady(room),
                                config.limits().answer().toMillis(),
                                TimeUnit.MILLISECONDS)
                        .thenApplyAsync(answer -> ConferenceRequestPage.reply(answer, identity), executor)
                        .exceptionally(failure -> failed(room, failure));
            }
        };
    }

    private Reply failed(RoomId room, Throwable failure) {
        logSometimes("A conference request failed: " + room, failure);
        // Jicofo answers 400 with the exception's text, which clients take for final; they try again after this.
        return ConferenceRequestPage.reply(ConferenceRequestPage.notReady(room), identity);
    }

    private void logSometimes(String line, Throwable failure) {
        long now = clock.millis();
        long next = nextLog.get();
        if (now >= next && nextLog.compareAndSet(next, now + LOG_PAUSE.toMillis())) {
            log.warn("{}", line, failure);
        }
    }

    private Reply unread(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case TimeoutException late -> Reply.refusal(408, "The body did not arrive in time");
            case BodyReader.TooLargeException tooLarge ->
                Reply.refusal(413, "The body is larger than " + config.limits().bodyBytes() + " bytes");
            default -> Reply.refusal(400, "The body could not be read");
        };
    }
}
