package org.confocal.focus.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.confocal.focus.model.ConferenceReply;
import org.confocal.focus.model.ConferenceRequest;

/**
 * Conference requests that came over HTTP and wait. Called from any thread. As many as {@link FocusLimits#httpRequests}
 * wait at once, each {@link FocusLimits#httpTimeout} at most; otherwise the answer is {@code ready=false}.
 */
final class HttpRequests {
    private final FocusEnvironment environment;
    private final FocusLimits limits;
    private final Map<String, String> properties;
    private final AtomicLong lastExchange = new AtomicLong();
    private final ConcurrentMap<Long, CompletableFuture<ConferenceReply>> waiting = new ConcurrentHashMap<>();

    /** @param properties in every answer */
    HttpRequests(FocusEnvironment environment, FocusLimits limits, Map<String, String> properties) {
        this.environment = environment;
        this.limits = limits;
        this.properties = properties;
    }

    /** Hands the request to {@code focus} with an origin of its own; the stage completes on a worker. */
    CompletionStage<ConferenceReply> ask(ConferenceRequest request, Consumer<ConferenceRequest> focus) {
        if (waiting.size() >= limits.httpRequests()) {
            return CompletableFuture.completedStage(notReady(request));
        }
        long exchange = lastExchange.incrementAndGet();
        CompletableFuture<ConferenceReply> answer = new CompletableFuture<>();
        waiting.put(exchange, answer);
        ScheduledFuture<?> timeout = environment
                .scheduler()
                .schedule(
                        () -> answer(exchange, notReady(request)),
                        limits.httpTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
        focus.accept(from(exchange, request));
        return answer.whenComplete((given, failure) -> timeout.cancel(false)).minimalCompletionStage();
    }

    /** Completes a request; nothing happens where it is no longer waiting. */
    void answer(long exchange, ConferenceReply answer) {
        CompletableFuture<ConferenceReply> asked = waiting.remove(exchange);
        if (asked != null) {
            asked.completeAsync(() -> answer, environment.workers());
        }
    }

    private ConferenceReply notReady(ConferenceRequest request) {
        return Admission.notReady(request.room(), Optional.empty()).with(properties);
    }

    int count() {
        return waiting.size();
    }

    private static ConferenceRequest from(long exchange, ConferenceRequest request) {
        return new ConferenceRequest(
                new ConferenceRequest.Origin.Http(exchange),
                request.room(),
                request.sender(),
                request.machineUid(),
                request.sessionId(),
                request.token(),
                request.properties());
    }
}
