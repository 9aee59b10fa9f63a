package org.confocal.health;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /events}: what the dashboard shows, as server-sent events. One each {@link #PERIOD}, worked out once for all who listen,
 * and not at all while nobody does. At most {@value #MAX_LISTENERS} listen. Whoever has not taken an event when the next is due
 * misses that, and begins anew with a whole one; whoever misses {@value #PATIENCE} in a row is cut off.
 */
final class EventStream {
    static final int MAX_LISTENERS = 16;
    static final Duration PERIOD = Duration.ofSeconds(1);
    static final int PATIENCE = 10;

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Supplier<DashboardFeed.Frame> frames;
    private final Duration period;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();

    /**
     * Nobody listens yet.
     *
     * @param frames the next one each time; asked by one thread at a time
     * @param period from one event to the next
     */
    EventStream(Supplier<DashboardFeed.Frame> frames, Duration period) {
        this.frames = frames;
        this.period = period;
    }

    /** One page that listens. But for {@code writing} and {@code closed}, used by the beat alone. */
    private final class Listener {
        private final Response response;
        private final Callback callback;
        private final AtomicBoolean writing = new AtomicBoolean();
        private final AtomicBoolean closed = new AtomicBoolean();
        private boolean whole = true;
        private int missed;

        Listener(Response response, Callback callback) {
            this.response = response;
            this.callback = callback;
        }

        void send(String wholeFrame, String change) {
            if (!writing.compareAndSet(false, true)) {
                whole = true;
                missed++;
                if (missed >= PATIENCE) {
                    close(new TimeoutException(PATIENCE + " events in a row were not taken"));
                }
                return;
            }
            String text = "data: " + (whole ? wholeFrame : change) + "\n\n";
            whole = false;
            missed = 0;
            response.write(
                    false, StandardCharsets.UTF_8.encode(text), Callback.from(() -> writing.set(false), this::close));
        }

        void close(Throwable why) {
            if (closed.compareAndSet(false, true)) {
                listeners.remove(this);
                places.decrementAndGet();
                callback.failed(why);
            }
        }
    }

    /** Answers with events until the other side goes, or with 503 where too many listen. Returns at once. */
    void open(Request request, Response response, Callback callback) {
        if (places.incrementAndGet() > MAX_LISTENERS) {
            places.decrementAndGet();
            Reply.refusal(503, "At most " + MAX_LISTENERS + " pages can listen at once")
                    .send(response, callback);
            return;
        }
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        listeners.add(new Listener(response, callback));
        if (running.compareAndSet(false, true)) {
            Executor executor = request.getComponents().getExecutor();
            Scheduler scheduler = request.getComponents().getScheduler();
            executor.execute(() -> beat(executor, scheduler));
        }
    }

    /** How many listen now. */
    int listening() {
        return listeners.size();
    }

    private void beat(Executor executor, Scheduler scheduler) {
        try {
            DashboardFeed.Frame frame = frames.get();
            boolean anyNew = listeners.stream().anyMatch(listener -> listener.whole);
            String whole = anyNew ? json(frame.whole()) : "";
            String change = json(frame.change());
            // One that came since the question above has to wait for the next beat.
            listeners.stream()
                    .filter(listener -> anyNew || !listener.whole)
                    .forEach(listener -> listener.send(whole, change));
        } catch (RuntimeException e) {
            // The next beat may fare better; a broken page must not fill the log.
            if (complained.compareAndSet(false, true)) {
                log.warn("The dashboard's events failed; further failures are not logged", e);
            }
        }
        if (listeners.isEmpty()) {
            running.set(false);
            // Who came in between saw a running beat, and relies on it.
            if (listeners.isEmpty() || !running.compareAndSet(false, true)) {
                return;
            }
        }
        scheduler.schedule(() -> again(executor, scheduler), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void again(Executor executor, Scheduler scheduler) {
        try {
            executor.execute(() -> beat(executor, scheduler));
        } catch (RejectedExecutionException stopping) {
            running.set(false);
        }
    }

    private static String json(Map<String, Object> frame) {
        return JSON.writeValueAsString(frame);
    }
}
