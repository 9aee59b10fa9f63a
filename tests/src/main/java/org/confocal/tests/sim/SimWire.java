package org.confocal.tests.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;

/**
 * The way to bridges and back: carries colibri2 and health checks in order, loses and delays them, garbles answers, and is cut
 * with the stream. Each question is answered once by what a real exchange would say of it, and sometimes once more, late.
 */
final class SimWire {
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(15);
    private static final List<BridgeAnswer.Refused> REFUSALS = List.of(
            new BridgeAnswer.Refused("internal-server-error", Optional.empty(), Optional.empty(), "made up"),
            new BridgeAnswer.Refused("service-unavailable", Optional.empty(), Optional.empty(), "made up"),
            new BridgeAnswer.Refused("conflict", Optional.of("conference_already_exists"), Optional.empty(), "made up"),
            new BridgeAnswer.Refused("item-not-found", Optional.of("conference_not_found"), Optional.empty(), ""));

    private final Schedule schedule;
    private final Chaos chaos;
    private final Consumer<EndpointId> mediaLost;
    private final Set<String> excuses = new HashSet<>();
    private boolean up = true;

    /** @param mediaLost hears whose media a bridge forgot */
    SimWire(Schedule schedule, Chaos chaos, Consumer<EndpointId> mediaLost) {
        this.schedule = schedule;
        this.chaos = chaos;
        this.mediaLost = mediaLost;
    }

    /** Where answers go. */
    interface Answers {
        void first(BridgeAnswer answer);

        /** Once more, or too late. */
        void again(BridgeAnswer answer);
    }

    boolean isUp() {
        return up;
    }

    /** The stream is gone: what has no answer yet never gets one. */
    void cut() {
        up = false;
    }

    void mend() {
        up = true;
    }

    /** Whether something was lost on the way to that bridge, so that it may rightly hold what nobody wants any more. */
    boolean isExcused(BridgeId bridge, MeetingId meeting) {
        return excuses.contains(bridge + " " + meeting);
    }

    /** A request was not sent, or not done, as far as the focus knows. */
    void excuse(SimBridge bridge, BridgeRequest request) {
        excuse(bridge.id(), request.meeting());
    }

    /** A bridge may rightly hold that although nobody wants it any more. */
    void excuse(BridgeId bridge, MeetingId meeting) {
        excuses.add(bridge + " " + meeting);
    }

    /** Carries a request to a bridge, and what it answers back. */
    void carry(SimBridge bridge, BridgeRequest request, Answers answers) {
        if (!up) {
            excuse(bridge, request);
            return;
        }
        if (!bridge.inBrewery()) {
            BridgeAnswer gone = new BridgeAnswer.Refused("item-not-found", Optional.empty(), Optional.empty(), "");
            schedule.in(chaos.millis(1, 20), "no occupant " + bridge.id().nick(), () -> answers.first(gone));
            return;
        }
        if (bridge.isDeaf() || chaos.strikes(Fault.BRIDGE_REQUEST_LOST)) {
            excuse(bridge, request);
            return;
        }
        int generation = bridge.generation();
        schedule.inOrder(
                "to " + bridge.id(),
                chaos.millis(1, 40),
                "request at " + bridge.id().nick() + " " + brief(request),
                () -> {
                    if (bridge.generation() != generation || bridge.isCrashed() || !up) {
                        excuse(bridge, request);
                    } else if (chaos.strikes(Fault.BRIDGE_REFUSED)) {
                        refuse(bridge, request, answers);
                    } else {
                        deliver(bridge, garbled(bridge.handle(request)), answers);
                    }
                });
    }

    private void refuse(SimBridge bridge, BridgeRequest request, Answers answers) {
        BridgeAnswer.Refused refusal = chaos.oneOf(REFUSALS);
        excuse(bridge, request);
        if (refusal.reason().equals(Optional.of("conference_not_found"))) {
            // Whoever was on it is without media from now on.
            bridge.forget(request.meeting()).forEach(mediaLost);
        }
        deliver(bridge, refusal, answers);
    }

    /** What was done was done; only the answer makes no sense. */
    private BridgeAnswer garbled(BridgeAnswer answer) {
        if (!(answer instanceof BridgeAnswer.Modified modified) || !chaos.strikes(Fault.BRIDGE_ANSWER_NONSENSE)) {
            return answer;
        }
        List<BridgeAnswer.EndpointAnswer> strangers = modified.endpoints().stream()
                .map(each -> new BridgeAnswer.EndpointAnswer(
                        new EndpointId("not-" + each.id()), each.transport(), each.sctpPort()))
                .toList();
        return chaos.oneOf(List.of(
                new BridgeAnswer.Unusable("made up"),
                new BridgeAnswer.Modified(List.of(), EndpointSources.EMPTY),
                new BridgeAnswer.Modified(strangers, modified.relays(), modified.feedback())));
    }

    private void deliver(SimBridge bridge, BridgeAnswer answer, Answers answers) {
        String what =
                "answer of " + bridge.id().nick() + " " + answer.getClass().getSimpleName();
        if (bridge.isMute() || chaos.strikes(Fault.BRIDGE_ANSWER_LOST)) {
            return;
        }
        if (chaos.strikes(Fault.BRIDGE_ANSWER_LATE)) {
            schedule.in(REPLY_TIMEOUT.plus(chaos.millis(1, 5_000)), "late " + what, () -> answers.again(answer));
            return;
        }
        schedule.inOrder("from " + bridge.id(), chaos.millis(1, 60), what, () -> answers.first(answer));
        if (chaos.strikes(Fault.BRIDGE_ANSWER_REPEATED)) {
            schedule.inOrder(
                    "from " + bridge.id(), chaos.millis(1, 3_000), "again " + what, () -> answers.again(answer));
        }
    }

    /** Asks a bridge whether it is well; {@code answers} hears one answer, or none. */
    void check(SimBridge bridge, Consumer<HealthAnswer> answers) {
        if (!up || !bridge.inBrewery()) {
            schedule.in(
                    chaos.millis(1, 20),
                    "no check of " + bridge.id().nick(),
                    () -> answers.accept(HealthAnswer.OTHER_ERROR));
            return;
        }
        boolean silent =
                bridge.isCrashed() || bridge.isDeaf() || bridge.isMute() || chaos.strikes(Fault.HEALTH_CHECK_LOST);
        if (!silent) {
            HealthAnswer answer = verdict(bridge);
            schedule.in(chaos.millis(1, 60), bridge.id().nick() + " is " + answer, () -> answers.accept(answer));
        }
    }

    private static HealthAnswer verdict(SimBridge bridge) {
        return bridge.isUnhealthy() ? HealthAnswer.FAILED : HealthAnswer.HEALTHY;
    }

    private static String brief(BridgeRequest request) {
        if (request.expire()) {
            return "expire";
        }
        List<String> parts = new ArrayList<>();
        request.endpoints().forEach(e -> parts.add(e.lifecycle() + " " + e.id()));
        request.relay().ifPresent(relay -> {
            parts.add(relay.lifecycle() + " relay to " + relay.id());
            relay.endpoints().forEach(e -> parts.add(e.lifecycle() + " " + e.id()));
        });
        return (request.create().isPresent() ? "new conference " : "") + parts;
    }
}
