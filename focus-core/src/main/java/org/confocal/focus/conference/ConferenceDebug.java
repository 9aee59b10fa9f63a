package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.Announcement;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Features;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.conference.state.Shown;
import org.confocal.focus.conference.state.Shown.Limit;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeRequest.Capability;
import org.confocal.focus.model.BridgeRequest.RelaySide;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.offer.OfferFactory;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Region;

/**
 * A conference as an operator looks at it: maps, lists, strings, numbers and booleans, with Jicofo's keys where it has
 * them (spec/06, section 8), and a few more. Pure; any thread.
 */
public final class ConferenceDebug {
    /** In every room (spec/02, section 6). */
    private static final String FOCUS_NICK = "focus";

    private ConferenceDebug() {}

    /** @param config what the conference was configured with */
    public static Map<String, Object> tree(ConferenceState state, ConferenceConfig config) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", state.room().value());
        tree.put("meeting_id", state.meeting().map(MeetingId::value).orElse(""));
        tree.put("config", config(state));
        tree.put("chat_room", chatRoom(state));
        tree.put("participants", participants(state));
        tree.put("chat_room_role_manager", roleManager(state));
        tree.put("started", !state.ended());
        tree.put("started_at", state.startedAt().toString());
        tree.put("start_audio_muted", state.life().metadata().startAudioMuted().orElse(false));
        tree.put("start_video_muted", state.life().metadata().startVideoMuted().orElse(false));
        tree.put("colibri_session_manager", colibri(state, config));
        tree.put(
                "conference_properties",
                state.shown().published().map(FocusPresence::properties).orElse(Map.of()));
        tree.put("include_in_statistics", true);
        tree.put("conference_sources", sources(state));
        tree.put("audio_limit_reached", state.shown().audioLimit() == Limit.REACHED);
        tree.put("video_limit_reached", state.shown().videoLimit() == Limit.REACHED);
        tree.put("visitor_count", count(state, Member::visitor));
        // Codecs are negotiated with visitors where there are visitor nodes; here nobody has preferences to aggregate.
        tree.put("visitor_codecs", Map.of("count", 0, "ranks", Map.of(), "aggregate", List.of()));
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
        room.put("my_occupant_jid", state.room().value() + "/" + FOCUS_NICK);
        Map<String, Object> members = new LinkedHashMap<>();
        for (Member member : state.members()) {
            members.put(member.id().value(), member(state, member));
        }
        room.put("members", members);
        room.put("audio_senders_count", count(state, member -> member.presence().audioUnmuted()));
        room.put("video_senders_count", count(state, member -> member.presence().videoUnmuted()));
        // Jicofo's keys for what comes with visitors, lobbies and moderation by Prosody: at their values without these.
        room.put("lobby_enabled", false);
        room.put("participants_soft_limit", -1);
        room.put("moderators", List.of());
        room.put("visitors_enabled", "null");
        room.put("visitors_live", false);
        room.put("av_moderation", Map.of());
        return room;
    }

    private static Map<String, Object> member(ConferenceState state, Member member) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("region", member.presence().region().map(Region::name).orElse("null"));
        tree.put("occupant_jid", state.room().value() + "/" + member.id().value());
        tree.put("jid", member.presence().realJid().map(Object::toString).orElse("null"));
        tree.put("is_jibri", member.claims().contains(Claim.JIBRI));
        tree.put("is_jigasi", member.claims().contains(Claim.JIGASI));
        tree.put("is_transcriber", member.claims().contains(Claim.TRANSCRIBER));
        tree.put("role", member.presence().role().name());
        tree.put("video_codecs", member.presence().codecs());
        tree.put("stats_id", member.presence().statsId().orElse("null"));
        tree.put("is_audio_muted", !member.presence().audioUnmuted());
        tree.put("is_video_muted", !member.presence().videoUnmuted());
        tree.put("diarize", member.presence().diarize());
        tree.put(
                "features",
                switch (member.features()) {
                    case Features.Asked asked -> List.of();
                    case Features.Known known ->
                        known.features().stream().map(Enum::name).sorted().toList();
                });
        tree.put(
                "capsNodeVer",
                member.presence()
                        .caps()
                        .map(caps -> caps.node() + "#" + caps.ver())
                        .orElse("null"));
        return tree;
    }

    private static Map<String, Object> participants(ConferenceState state) {
        Map<String, Object> participants = new LinkedHashMap<>();
        for (Member member : state.members()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("id", member.id().value());
            tree.put("stats_id", member.presence().statsId().orElse(""));
            tree.put("invite_runnable", isBeingInvited(member) ? "Running" : "Not running");
            tree.put("invite", Draft.lower(member.invite().phase()));
            member.held()
                    .ifPresent(held -> tree.put("keeps_session", held.session().value()));
            member.invite().session().ifPresent(session -> {
                Map<String, Object> jingle = new LinkedHashMap<>();
                jingle.put("sid", session.id().value());
                jingle.put("remoteJid", state.room().value() + "/" + member.id().value());
                jingle.put("state", member.invite().phase().name());
                jingle.put("ice_generation", session.iceGeneration());
                tree.put("jingle_session", jingle);
                Map<String, Object> queue = new LinkedHashMap<>();
                queue.put("added", sourceTree(session.queue().added()));
                queue.put("removed", sourceTree(session.queue().removed()));
                tree.put("source_signaling", queue);
            });
            participants.put(member.id().value(), tree);
        }
        return participants;
    }

    private static boolean isBeingInvited(Member member) {
        return member.invite() instanceof Invite.Selecting || member.invite() instanceof Invite.Allocating;
    }

    private static Map<String, Object> roleManager(ConferenceState state) {
        Map<String, Object> tree = new LinkedHashMap<>();
        // Jicofo writes the class here; ours has one machine for all of it.
        tree.put("class", "OwnerMachine");
        tree.put("owner", state.life().owner().map(Object::toString).orElse("null"));
        return tree;
    }

    private static Map<String, Object> colibri(ConferenceState state, ConferenceConfig config) {
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
                    endpoints.put(member.id().value(), endpoint(state, member, session, config));
                }
            }
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("bridge", bridge(session));
            tree.put("id", session.id().value());
            tree.put("feedback_sources", sourceTree(session.feedback().orElse(EndpointSources.EMPTY)));
            tree.put("created", session.feedback().isPresent());
            tree.put("recently_added_endpoints", recentlyAdded(state, session));
            tree.put("relays", relays(state, session, config));
            tree.put("participants", there);
            sessions.put(session.bridge().nick(), tree);
        }
        Map<String, Object> colibri = new LinkedHashMap<>();
        colibri.put("participants", endpoints);
        colibri.put("sessions", sessions);
        return colibri;
    }

    /** Those whose creation the bridge has not answered yet: Jicofo counts by time. */
    private static int recentlyAdded(ConferenceState state, BridgeSession session) {
        return count(
                state,
                member -> member.invite() instanceof Invite.Allocating allocating
                        && allocating.where().session().equals(session.id()));
    }

    private static Map<String, Object> bridge(BridgeSession session) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("jid", session.bridge().value());
        tree.put("region", session.region().map(Region::name).orElse("null"));
        tree.put("relay-id", session.relayId().orElse("null"));
        return tree;
    }

    /** A bridge's relays by the relay id of the other bridge, and whom it hears over each. */
    private static Map<String, Object> relays(ConferenceState state, BridgeSession session, ConferenceConfig config) {
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
            boolean first = end.side() == RelaySide.INITIATOR;
            boolean channel = config.octo().sctpDataChannels();
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("id", end.peerRelayId());
            tree.put("use_unique_port", first);
            tree.put("ice_controlling", first);
            tree.put("dtls_setup", first ? "active" : "passive");
            tree.put("bridge_channel_active", first);
            tree.put("sctp_bridge_channel", channel);
            tree.put("mesh_id", end.mesh().value());
            tree.put("side", Draft.lower(end.side()));
            tree.put("stage", Draft.lower(end.stage()));
            tree.put("remote_endpoints", heard);
            relays.put(end.peerRelayId(), tree);
        }
        return relays;
    }

    private static Map<String, Object> endpoint(
            ConferenceState state, Member member, BridgeSession session, ConferenceConfig config) {
        Set<Capability> capabilities = member.features() instanceof Features.Known known
                ? OfferFactory.capabilities(known.features(), config)
                : Set.of();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", member.id().value());
        tree.put("stats_id", member.presence().statsId().orElse(""));
        tree.put("sources", sourceTree(state.sources().of(member.id())));
        tree.put("bridge", session.bridge().nick());
        tree.put("audio_muted", !member.presence().audioUnmuted());
        tree.put("video_muted", !member.presence().videoUnmuted());
        tree.put(
                "private_addresses",
                member.claims().contains(Claim.JIBRI) || member.claims().contains(Claim.JIGASI));
        tree.put("ssrc_rewriting", capabilities.contains(Capability.SSRC_REWRITING));
        tree.put("rtp_mid_demux", capabilities.contains(Capability.RTP_MID_DEMUX));
        tree.put("visitor", member.visitor());
        tree.put("diarize", member.presence().diarize());
        return tree;
    }

    private static Map<String, Object> sources(ConferenceState state) {
        Map<String, Object> tree = new LinkedHashMap<>();
        state.sources().byOwner().forEach((owner, sources) -> tree.put(owner.value(), sourceTree(sources)));
        return tree;
    }

    private static Map<String, Object> sourceTree(Map<?, EndpointSources> owned) {
        Map<String, Object> tree = new LinkedHashMap<>();
        owned.forEach((owner, sources) -> tree.put(owner.toString(), sourceTree(sources)));
        return tree;
    }

    private static Map<String, Object> sourceTree(EndpointSources sources) {
        List<Object> each = new ArrayList<>();
        for (Source source : sources.sources()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("ssrc", source.ssrc().value());
            tree.put("media_type", Draft.lower(source.media()));
            tree.put("name", source.name().orElse("null"));
            tree.put("msid", source.msid().orElse("null"));
            tree.put("videoType", Draft.lower(source.videoType()));
            each.add(tree);
        }
        List<Object> groups = new ArrayList<>();
        for (SourceGroup group : sources.groups()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("semantics", group.semantics().name());
            tree.put("media_type", Draft.lower(group.media()));
            tree.put("ssrcs", group.ssrcs().stream().map(Ssrc::value).toList());
            groups.add(tree);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sources", each);
        tree.put("groups", groups);
        return tree;
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
