package org.confocal.tests.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the sources in a Jingle element, in either encoding (spec/03, 3 and 4). Stateless. */
final class SourceReader {
    private static final JsonMapper JSON = JsonMapper.shared();

    private SourceReader() {}

    /** How the sources were written. */
    enum Encoding {
        NONE,
        JSON,
        XML
    }

    /**
     * What was found.
     *
     * @param problems what a client could not have understood
     */
    record Found(Encoding encoding, List<RemoteSource> sources, List<String> problems) {
        boolean namesOnlyBridge() {
            return sources.stream().allMatch(source -> source.owner().equals(RemoteSource.BRIDGE));
        }
    }

    static Found read(Element jingle) {
        List<RemoteSource> sources = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Optional<Element> json = jingle.child("json-message", Ns.JITMEET);
        json.ifPresent(message -> readJson(message.text(), sources, problems));
        List<RemoteSource> written = new ArrayList<>();
        jingle.each("content").forEach(content -> readXml(content, written, problems));
        if (json.isPresent() && !written.isEmpty()) {
            problems.add("sources both as JSON and as XML");
        }
        sources.addAll(written);
        Encoding encoding = json.isPresent() ? Encoding.JSON : written.isEmpty() ? Encoding.NONE : Encoding.XML;
        return new Found(encoding, sources, problems);
    }

    private static void readJson(String text, List<RemoteSource> sources, List<String> problems) {
        try {
            for (var owner : JSON.readTree(text).path("sources").properties()) {
                JsonNode lists = owner.getValue();
                if (!lists.isArray() || lists.size() < 3 || lists.size() > 4) {
                    problems.add("JSON sources of " + owner.getKey() + " are not three or four lists");
                    continue;
                }
                readList(owner.getKey(), "video", lists.get(0), sources);
                readList(owner.getKey(), "audio", lists.get(2), sources);
                readGroups(owner.getKey(), lists.get(1), sources, problems);
                if (lists.size() > 3) {
                    readGroups(owner.getKey(), lists.get(3), sources, problems);
                }
            }
        } catch (JacksonException e) {
            problems.add("json-message is no JSON: " + e.getOriginalMessage());
        }
    }

    private static void readList(String owner, String media, JsonNode list, List<RemoteSource> sources) {
        for (JsonNode each : list) {
            sources.add(new RemoteSource(
                    each.path("s").asLong(0), owner, each.path("n").asString(""), media));
        }
    }

    private static void readGroups(String owner, JsonNode groups, List<RemoteSource> sources, List<String> problems) {
        for (JsonNode group : groups) {
            for (int i = 1; i < group.size(); i++) {
                long ssrc = group.get(i).asLong(0);
                if (sources.stream().noneMatch(source -> source.ssrc() == ssrc)) {
                    problems.add("a group of " + owner + " has SSRC " + ssrc + " that is no source");
                }
            }
        }
    }

    private static void readXml(Element content, List<RemoteSource> sources, List<String> problems) {
        Optional<Element> description = content.child("description", Ns.RTP);
        Element parent = description.orElse(content);
        String media = description.map(each -> each.value("media")).orElse(content.value("name"));
        for (Element source : parent.children()) {
            if (source.is("source", Ns.SSMA)) {
                Optional<String> owner = source.child("ssrc-info", Ns.JITMEET).map(info -> info.value("owner"));
                if (owner.isEmpty()) {
                    problems.add("source " + source.value("ssrc") + " without ssrc-info");
                }
                sources.add(new RemoteSource(
                        number(source.value("ssrc"), problems), owner.orElse(""), source.value("name"), media));
            }
        }
        parent.each("ssrc-group").flatMap(group -> group.each("source")).forEach(member -> {
            long ssrc = number(member.value("ssrc"), problems);
            if (sources.stream().noneMatch(source -> source.ssrc() == ssrc)) {
                problems.add("a group has SSRC " + ssrc + " that is no source");
            }
        });
    }

    private static long number(String text, List<String> problems) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            problems.add("SSRC '" + text + "' is no number");
            return 0;
        }
    }
}
