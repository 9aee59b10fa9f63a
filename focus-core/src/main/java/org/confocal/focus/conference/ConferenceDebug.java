package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.Announcement;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Features;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.conference.state.Shown;
import org.confocal.focus.conference.state.Shown.Limit;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.SourceGroup;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Region;

/**
 * A conference as an operator looks at it: maps, lists, strings, numbers and booleans, with Jicofo's keys where it has
 * them (spec/06, section 8), and a few more. Pure; any thread.
 */
public final class ConferenceDebug {
    private ConferenceDebug() {}

    public static Map<String, Object> tree(ConferenceState state) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", state.room().value());
        tree.put("meeting_id", state.meeting().map(MeetingId::value).orElse(""));
        tree.put("config", config(state));
        tree.put("chat_room", chatRoom(state));
        tree.put("participants", participants(state));
        tree.put("chat_room_role_manager", roleManager(state));
        tree.put("started", state.startedAt().toString());
        tree.put("start_audio_muted", state.life().metadata().startAudioMuted().orElse(false));
        tree.put("start_video_muted", state.life().metadata().startVideoMuted().orElse(false));
        tree.put("colibri_session_manager", colibri(state));
        tree.put(
                "conference_properties",
                state.shown().published().map(FocusPresence::properties).orElse(Map.of()));
        tree.put("include_in_statistics", true);
        tree.put("conference_sources", sources(state));
        tree.put("audio_limit_reached", state.shown().audioLimit() == Limit.REACHED);
        tree.put("video_limit_reached", state.shown().videoLimit() == Limit.REACHED);
        tree.put("visitor_count", count(state, Member::visitor));
        tree.put("participant_count", state.members().size());
        tree.put("jibri_count", count(state, member -> member.claims().contains(Claim.JIBRI)));
        tree.put("jigasi_count", count(state, member -> member.claims().contains(Claim.JIGASI)));
        tree.put("transcriber_count", count(state, member -> member.claims().contains(Claim.TRANSCRIBER)));
        tree.put("phase", Draft.lower(state.life().phase()));
        tree.put("invites", invites(state));
        tree.put("timers", timers(state));
        return tree;
    }

    private static Map<String, Object> config(ConferenceState state) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("rtcstatsEnabled", state.life().settings().rtcstats());
        put(config, "startAudioMuted", state.life().settings().startAudioMuted());
        put(config, "startVideoMuted", state.life().settings().startVideoMuted());
        return config;
    }

    private static void put(Map<String, Object> map, String key, OptionalInt value) {
        if (value.isPresent()) {
            map.put(key, value.getAsInt());
        }
    }

    private static Map<String, Object> chatRoom(ConferenceState state) {
        Map<String, Object> room = new LinkedHashMap<>();
        room.put("room_jid", state.room().value());
        Map<String, Object> members = new LinkedHashMap<>();
        for (Member member : state.members()) {
            members.put(member.id().value(), member(member));
        }
        room.put("members", members);
        room.put("audio_senders_count", count(state, member -> member.presence().audioUnmuted()));
        room.put("video_senders_count", count(state, member -> member.presence().videoUnmuted()));
        return room;
    }

    private static Map<String, Object> member(Member member) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("role", member.presence().role().name());
        tree.put("jid", member.presence().realJid().map(Object::toString).orElse(""));
        tree.put("region", member.presence().region().map(Region::name).orElse(""));
        tree.put(
                "features",
                switch (member.features()) {
                    case Features.Asked asked -> List.of();
                    case Features.Known known ->
                        known.features().stream().map(Enum::name).sorted().toList();
                });
        member.presence().caps().ifPresent(caps -> tree.put("capsNodeVer", caps.node() + "#" + caps.ver()));
        tree.put("audio_muted", !member.presence().audioUnmuted());
        tree.put("video_muted", !member.presence().videoUnmuted());
        tree.put("claims", member.claims().stream().map(Enum::name).sorted().toList());
        return tree;
    }

    private static Map<String, Object> participants(ConferenceState state) {
        Map<String, Object> participants = new LinkedHashMap<>();
        for (Member member : state.members()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("id", member.id().value());
            tree.put("stats_id", member.presence().statsId().orElse(""));
            tree.put("invite", Draft.lower(member.invite().phase()));
            member.held()
                    .ifPresent(held -> tree.put("keeps_session", held.session().value()));
            member.invite().session().ifPresent(session -> {
                Map<String, Object> jingle = new LinkedHashMap<>();
                jingle.put("sid", session.id().value());
                jingle.put("state", member.invite().phase().name());
                jingle.put("ice_generation", session.iceGeneration());
                tree.put("jingle_session", jingle);
                Map<String, Object> queue = new LinkedHashMap<>();
                queue.put("added", names(session.queue().added()));
                queue.put("removed", names(session.queue().removed()));
                tree.put("source_signaling", queue);
            });
            participants.put(member.id().value(), tree);
        }
        return participants;
    }

    private static Map<String, Object> roleManager(ConferenceState state) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("owner", state.life().owner().map(Object::toString).orElse(""));
        return tree;
    }

    private static Map<String, Object> colibri(ConferenceState state) {
        Map<String, Object> sessions = new LinkedHashMap<>();
        Map<String, Object> endpoints = new LinkedHashMap<>();
        for (BridgeSession session : state.bridges()) {
            List<String> there = new ArrayList<>();
            for (Member member : state.members()) {
                Optional<Allocation> where = member.invite()
                        .allocation()
                        .filter(allocation -> allocation.session().equals(session.id()));
                if (where.isPresent()) {
                    there.add(member.id().value());
                    endpoints.put(member.id().value(), endpoint(state, member, session));
                }
            }
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("bridge", session.bridge().value());
            tree.put("id", session.id().value());
            tree.put("feedback_sources", names(session.feedback().orElse(EndpointSources.EMPTY)));
            tree.put("created", session.feedback().isPresent());
            tree.put("relays", relays(state, session));
            tree.put("participants", there);
            sessions.put(session.bridge().nick(), tree);
        }
        Map<String, Object> colibri = new LinkedHashMap<>();
        colibri.put("participants", endpoints);
        colibri.put("sessions", sessions);
        return colibri;
    }

    /** A bridge's relays by the relay id of the other bridge, and whom it hears over each. */
    private static Map<String, Object> relays(ConferenceState state, BridgeSession session) {
        RelayBook book = state.relays();
        Map<String, Object> relays = new LinkedHashMap<>();
        for (RelayEnd end : book.ends()) {
            if (!end.at().equals(session.bridge())) {
                continue;
            }
            List<BridgeId> behind = book.cascade().heardOver(end.at(), end.peer());
            List<String> heard = new ArrayList<>();
            for (Announcement announcement : book.announced()) {
                if (behind.contains(announcement.home())) {
                    heard.add(announcement.id().value());
                }
            }
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("mesh_id", end.mesh().value());
            tree.put("side", Draft.lower(end.side()));
            tree.put("stage", Draft.lower(end.stage()));
            tree.put("remote_endpoints", heard);
            relays.put(end.peerRelayId(), tree);
        }
        return relays;
    }

    private static Map<String, Object> endpoint(ConferenceState state, Member member, BridgeSession session) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", member.id().value());
        tree.put("stats_id", member.presence().statsId().orElse(""));
        tree.put("sources", names(state.sources().of(member.id())));
        tree.put("bridge", session.bridge().value());
        tree.put("visitor", member.visitor());
        tree.put("diarize", member.presence().diarize());
        return tree;
    }

    private static Map<String, Object> sources(ConferenceState state) {
        Map<String, Object> tree = new LinkedHashMap<>();
        state.sources().byOwner().forEach((owner, sources) -> tree.put(owner.value(), names(sources)));
        return tree;
    }

    private static Map<String, Object> names(Map<?, EndpointSources> owned) {
        Map<String, Object> tree = new LinkedHashMap<>();
        owned.forEach((owner, sources) -> tree.put(owner.toString(), names(sources)));
        return tree;
    }

    private static List<String> names(EndpointSources sources) {
        List<String> names = new ArrayList<>();
        sources.sources()
                .forEach(source -> names.add("%s %s".formatted(source.name().orElse("-"), source.ssrc())));
        for (SourceGroup group : sources.groups()) {
            names.add("%s %s".formatted(group.semantics(), group.ssrcs()));
        }
        return names;
    }

    private static Map<String, Object> invites(ConferenceState state) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ready", state.invites().ready().stream().map(Object::toString).toList());
        tree.put("paced", state.invites().paced().stream().map(Object::toString).toList());
        tree.put("failures", state.invites().failures());
        tree.put("bridge_not_available", state.shown().lastSelection() == Shown.LastSelection.FAILED);
        tree.put("pending_bridge_requests", state.pending().size());
        return tree;
    }

    private static List<String> timers(ConferenceState state) {
        List<String> timers = new ArrayList<>();
        for (RunningTimer timer : state.timers()) {
            timers.add("%s at %s".formatted(timer.key(), timer.due()));
        }
        return timers;
    }

    private static int count(ConferenceState state, java.util.function.Predicate<Member> what) {
        int count = 0;
        for (Member member : state.members()) {
            count += what.test(member) ? 1 : 0;
        }
        return count;
    }
}
