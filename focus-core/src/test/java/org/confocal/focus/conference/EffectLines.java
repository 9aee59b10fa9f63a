package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.RelayRequest;
import org.confocal.focus.model.BridgeRequest.Transport;
import org.confocal.focus.model.ConferenceRequest.Origin;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SourceOwner;

/** Effects as short lines, so that a test reads like the conversation it is about. */
final class EffectLines {
    private EffectLines() {}

    /** One line an effect; counters and log lines are left out. */
    static List<String> of(List<Effect> effects) {
        return effects.stream().flatMap(effect -> line(effect).stream()).toList();
    }

    private static Optional<String> line(Effect effect) {
        return switch (effect) {
            case Effect.JoinRoom e -> Optional.of("join room");
            case Effect.LeaveRoom e -> Optional.of("leave room");
            case Effect.PublishPresence e -> Optional.of(presence(e.presence()));
            case Effect.GrantOwner e -> Optional.of("grant owner " + e.bareJid());
            case Effect.AnswerRequest e ->
                Optional.of(
                        "answer %s %s".formatted(origin(e.origin()), e.answer().ready() ? "ready" : "not ready"));
            case Effect.DiscoverFeatures e -> Optional.of("discover " + e.id());
            case Effect.SendOffer e -> Optional.of(offer(e));
            case Effect.SendSourceAdd e -> Optional.of("source-add to %s: %s".formatted(e.id(), owned(e.sources())));
            case Effect.SendSourceRemove e ->
                Optional.of("source-remove to %s: %s".formatted(e.id(), owned(e.sources())));
            case Effect.SendTransportInfo e ->
                Optional.of("transport-info to %s, generation %d"
                        .formatted(e.id(), e.transport().iceGeneration().orElse(0)));
            case Effect.SendTerminate e ->
                Optional.of("terminate %s: %s %s"
                        .formatted(e.id(), e.reason().reason(), e.reason().text()));
            case Effect.SendMute e -> Optional.of("mute %s %s by %s".formatted(e.id(), lower(e.media()), e.actor()));
            case Effect.Acknowledge e -> Optional.of("ok " + e.stanza().id());
            case Effect.Refuse e ->
                Optional.of("error %s %s %s"
                        .formatted(
                                e.stanza().id(),
                                e.error().condition().element(),
                                e.error().text())
                        .strip());
            case Effect.SelectBridge e ->
                Optional.of("select for " + e.selection().endpoint());
            case Effect.ReleaseEndpoint e ->
                Optional.of("release %s from %s".formatted(e.id(), e.bridge().nick()));
            case Effect.ReportBridge e ->
                Optional.of("report %s %s".formatted(e.bridge().nick(), lower(e.experience())));
            case Effect.ModifyConference e -> Optional.of(e.bridge().nick() + ": " + change(e.change()));
            case Effect.StartTimer e ->
                Optional.of("start %s %dms".formatted(timer(e.key()), e.after().toMillis()));
            case Effect.CancelTimer e -> Optional.of("cancel " + timer(e.key()));
            case Effect.ClaimMeetingId e -> Optional.of("claim meeting id");
            case Effect.Count e -> Optional.empty();
            case Effect.CountJingle e -> Optional.empty();
            case Effect.Log e -> Optional.empty();
            case Effect.End e -> Optional.of("end: " + lower(e.reason()));
        };
    }

    private static String presence(FocusPresence presence) {
        String properties = presence.properties().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("support-terminate-restart"))
                .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining());
        return "presence" + properties + (presence.bridgeNotAvailable() ? " bridge-not-available" : "");
    }

    private static String origin(Origin origin) {
        return switch (origin) {
            case Origin.Stanza stanza -> stanza.stanza().id();
            case Origin.Http http -> "http-" + http.exchange();
        };
    }

    private static String offer(Effect.SendOffer e) {
        String muted = e.offer()
                .startMuted()
                .map(m -> " start-muted" + (m.audio() ? " audio" : "") + (m.video() ? " video" : ""))
                .orElse("");
        String what = e.offer().kind() == Offer.Kind.REPLACE ? "replace for" : "offer to";
        return "%s %s: %s%s".formatted(what, e.id(), owned(e.offer().sources()), muted);
    }

    private static String change(BridgeRequest change) {
        if (change.expire()) {
            return "expire conference";
        }
        List<String> words = new ArrayList<>();
        change.create().ifPresent(create -> words.add("new conference,"));
        for (EndpointRequest endpoint : change.endpoints()) {
            words.add(lower(endpoint.lifecycle()));
            words.add(endpoint.id().value());
            endpoint.transport().ifPresent(transport -> words.add(transport(transport)));
            endpoint.sources().filter(s -> !s.isEmpty()).ifPresent(s -> words.add("sources " + ssrcs(s)));
            if (endpoint.lifecycle() == BridgeRequest.Lifecycle.UPDATE
                    && endpoint.sources().filter(EndpointSources::isEmpty).isPresent()) {
                words.add("no sources");
            }
            endpoint.initialLastN().ifPresent(n -> words.add("last-n " + n));
        }
        change.relay().ifPresent(relay -> words.add(relay(relay)));
        return String.join(" ", words);
    }

    private static String relay(RelayRequest relay) {
        List<String> words = new ArrayList<>();
        words.add(lower(relay.lifecycle()) + " relay to " + relay.id());
        relay.create()
                .ifPresent(create -> words.add("in mesh %s as %s%s"
                        .formatted(create.meshId(), lower(create.side()), create.sctp() ? " with sctp" : "")));
        relay.remote()
                .ifPresent(remote -> words.add("transport %s%s"
                        .formatted(
                                remote.fingerprints().stream()
                                        .map(each -> each.setup().orElse("-"))
                                        .collect(Collectors.joining(",")),
                                remote.webSockets().isEmpty() ? "" : " with web-socket")));
        for (EndpointRequest endpoint : relay.endpoints()) {
            words.add(lower(endpoint.lifecycle()));
            words.add(endpoint.id().value());
            endpoint.sources().filter(s -> !s.isEmpty()).ifPresent(s -> words.add("sources " + ssrcs(s)));
        }
        return String.join(" ", words);
    }

    private static String transport(Transport transport) {
        return switch (transport) {
            case Transport.Allocate allocate -> allocate.sctp() ? "with sctp" : "without sctp";
            case Transport.Remote remote -> "transport";
            case Transport.IceRestart restart -> "ice-restart";
        };
    }

    static String owned(OwnedSources sources) {
        return sources.entries().stream()
                .map(entry -> owner(entry.owner()) + " " + ssrcs(entry.sources()))
                .collect(Collectors.joining("; "));
    }

    private static String owner(SourceOwner owner) {
        return switch (owner) {
            case SourceOwner.Bridge bridge -> "jvb";
            case SourceOwner.Endpoint endpoint -> endpoint.id().value();
        };
    }

    private static String ssrcs(EndpointSources sources) {
        return sources.sources().stream()
                .map(source -> source.ssrc().toString())
                .collect(Collectors.joining(","));
    }

    private static String timer(TimerKey key) {
        return switch (key) {
            case TimerKey.Start start -> "timer start";
            case TimerKey.Rejoin rejoin -> "timer rejoin";
            case TimerKey.SingleParticipant single -> "timer single";
            case TimerKey.SourceSignaling signaling -> "timer sources of " + signaling.id();
            case TimerKey.Reinvite reinvite -> "timer reinvite";
            case TimerKey.Replace replace -> "timer replace " + replace.id();
            case TimerKey.MissingBridges missing -> "timer missing-bridges";
            case TimerKey.Metadata metadata -> "timer metadata";
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
