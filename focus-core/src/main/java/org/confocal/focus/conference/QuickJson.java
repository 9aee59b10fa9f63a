package org.confocal.focus.conference;

import java.util.function.BiConsumer;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.Features;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.Replacement;
import org.confocal.focus.conference.state.RequestBudget;
import org.confocal.focus.conference.state.Session;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.source.SourceQueue;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes what nearly every step changes as Jackson does, without the method handles that cost it most of its time in a young
 * process. Jackson itself reads it, and refuses what lacks a component: what is forgotten here does not go unnoticed.
 */
final class QuickJson {
    private QuickJson() {}

    static JacksonModule module() {
        SimpleModule module = new SimpleModule("quick");
        write(module, Member.class, QuickJson::member);
        write(module, Features.Known.class, (known, to) -> to.names("features", known.features()));
        write(module, Invite.Allocating.class, (invite, to) -> {
            to.number("request", invite.request().value());
            to.object("where", invite.where(), QuickJson::allocation);
        });
        write(module, Invite.Offered.class, (invite, to) -> session(invite.where(), invite.jingle(), to));
        write(module, Invite.Active.class, (invite, to) -> session(invite.where(), invite.jingle(), to));
        write(module, Replacement.Possible.class, (possible, to) -> {});
        write(module, Pending.Create.class, (create, to) -> {
            request(create, to);
            to.text("endpoint", create.endpoint().value());
            to.text("sctp", create.sctp().name());
        });
        write(module, Pending.Change.class, (change, to) -> {
            request(change, to);
            to.text("endpoint", change.endpoint().value());
        });
        write(module, EndpointSources.class, QuickJson::sources);
        write(module, JoinRate.class, (rate, to) -> {
            to.decimal("weight", rate.weight());
            to.any("firstAt", rate.firstAt());
            to.any("burstAt", rate.burstAt());
            to.any("at", rate.at());
        });
        return module;
    }

    private static <T> void write(SimpleModule module, Class<T> type, BiConsumer<T, JsonFields> fields) {
        module.addSerializer(type, JsonFields.serializer(fields));
    }

    private static void member(Member member, JsonFields to) {
        to.text("id", member.id().value());
        to.object("presence", member.presence(), QuickJson::presence);
        to.text("audience", member.audience().name());
        to.names("claims", member.claims());
        to.any("features", member.features());
        to.any("invite", member.invite());
        to.text("encounter", member.encounter().name());
        to.object("restarts", member.restarts(), QuickJson::budget);
        to.object("iceRestarts", member.iceRestarts(), QuickJson::budget);
        to.object("kept", member.kept(), QuickJson::sources);
        to.any("replacement", member.replacement());
        to.anyOf("pastSessions", member.pastSessions());
    }

    private static void presence(MemberPresence presence, JsonFields to) {
        to.text("id", presence.id().value());
        to.text("realJid", presence.realJid().map(Jid::value));
        to.text("role", presence.role().name());
        to.optional("caps", presence.caps(), QuickJson::caps);
        to.optional("region", presence.region(), QuickJson::region);
        to.text("statsId", presence.statsId());
        to.flag("audioUnmuted", presence.audioUnmuted());
        to.flag("videoUnmuted", presence.videoUnmuted());
        to.texts("codecs", presence.codecs());
        to.flag("diarize", presence.diarize());
        to.names("claims", presence.claims());
    }

    private static void caps(Caps caps, JsonFields to) {
        to.text("node", caps.node());
        to.text("ver", caps.ver());
    }

    private static void region(Region region, JsonFields to) {
        to.text("name", region.name());
    }

    private static void budget(RequestBudget budget, JsonFields to) {
        to.anyOf("granted", budget.granted());
    }

    private static void session(Allocation where, Session jingle, JsonFields to) {
        to.object("where", where, QuickJson::allocation);
        to.object("jingle", jingle, QuickJson::jingle);
    }

    private static void jingle(Session jingle, JsonFields to) {
        to.text("id", jingle.id().value());
        to.number("iceGeneration", jingle.iceGeneration());
        to.object("queue", jingle.queue(), QuickJson::queue);
    }

    private static void queue(SourceQueue queue, JsonFields to) {
        to.map("removed", queue.removed(), EndpointId::value, QuickJson::sources);
        to.map("added", queue.added(), EndpointId::value, QuickJson::sources);
    }

    private static void request(Pending pending, JsonFields to) {
        to.number("request", pending.request().value());
        to.object("where", pending.where(), QuickJson::allocation);
    }

    private static void allocation(Allocation where, JsonFields to) {
        to.text("bridge", where.bridge().value());
        to.text("session", where.session().value());
    }

    private static void sources(EndpointSources sources, JsonFields to) {
        to.anyOf("sources", sources.sources());
        to.objects("groups", sources.groups(), QuickJson::group);
    }

    private static void group(SourceGroup group, JsonFields to) {
        to.text("semantics", group.semantics().name());
        to.text("media", group.media().name());
        to.anyOf("ssrcs", group.ssrcs());
    }
}
