package org.confocal.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.Decision;
import org.confocal.focus.view.Explanations;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Score;
import org.confocal.strategy.cascade.Link;

/** {@code /explain} and below: why people are where they are, as JSON (docs/operations.md). */
final class ExplainPage {
    static final String CONFERENCE = "/explain/conference/";
    static final String DECISION = "/explain/decision/";

    private ExplainPage() {}

    /** A conference's bridges, and its decisions that are kept; 404 where there is neither. */
    static Reply conference(String room, Explanations explanations) {
        Optional<RoomId> parsed = ConferenceRequestPage.RoomAddress.parse(room);
        if (parsed.isEmpty()) {
            return Reply.refusal(400, "Not a room's address: " + room);
        }
        Optional<ConferenceLayout> layout = explanations.layout(parsed.get());
        List<Decision> decisions = explanations.decisions(parsed.get());
        if (layout.isEmpty() && decisions.isEmpty()) {
            return Reply.refusal(404, "There is no conference " + room + ", and no decision for it is kept");
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("room", parsed.get().value());
        tree.put("running", layout.isPresent());
        tree.put("bridges", layout.map(ExplainPage::bridges).orElse(List.of()));
        tree.put("links", layout.map(ExplainPage::links).orElse(List.of()));
        tree.put(
                "avoided",
                layout.stream()
                        .flatMap(where -> where.avoided().stream())
                        .map(BridgeId::value)
                        .sorted()
                        .toList());
        tree.put("decisions", decisions.stream().map(ExplainPage::tree).toList());
        return Reply.json(tree);
    }

    /** One decision; 404 where it was never made, or is kept no more. */
    static Reply decision(String id, Explanations explanations) {
        OptionalLong number = number(id);
        if (number.isEmpty()) {
            return Reply.refusal(400, "Not the number of a decision: " + id);
        }
        return explanations
                .decision(number.getAsLong())
                .map(decision -> Reply.json(tree(decision)))
                .orElseGet(() -> Reply.refusal(404, "Decision " + id + " was never made, or is kept no more"));
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A decision with everything that is known about it. */
    static Map<String, Object> tree(Decision decision) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", decision.id());
        tree.put("at", decision.at().toString());
        tree.put("room", decision.room().value());
        tree.put("endpoint", decision.endpoint().value());
        decision.region().map(Region::name).ifPresent(region -> tree.put("region", region));
        tree.put("audience", decision.audience().name().toLowerCase(Locale.ROOT));
        Explanation why = putAnswer(tree, decision.selection());
        tree.put("strategy", why.strategy());
        tree.put("rule", why.rule());
        tree.put(
                "candidates",
                why.candidates().stream().map(ExplainPage::candidate).toList());
        tree.put("rejected", why.rejected().stream().map(ExplainPage::rejected).toList());
        decision.reservation().ifPresent(reservation -> {
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("stressBefore", reservation.stressBefore());
            change.put("stressAfter", reservation.stressAfter());
            change.put("countingBefore", reservation.countingBefore());
            change.put("countingAfter", reservation.countingAfter());
            tree.put("reservation", change);
        });
        return tree;
    }

    private static Explanation putAnswer(Map<String, Object> tree, Selection selection) {
        return switch (selection) {
            case Selection.Chosen chosen -> {
                tree.put("bridge", chosen.bridge().value());
                chosen.region().map(Region::name).ifPresent(region -> tree.put("bridgeRegion", region));
                yield chosen.why();
            }
            case Selection.None none -> {
                tree.put("refusal", none.reason().name());
                tree.put("refusalText", ReasonText.of(none.reason()));
                yield none.why();
            }
        };
    }

    private static Map<String, Object> candidate(Candidate candidate) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("bridge", candidate.bridge().value());
        tree.put("stress", candidate.stress());
        candidate.score().ifPresent(score -> tree.put("score", score(score)));
        return tree;
    }

    private static Map<String, Object> score(Score score) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("egressUsdPerHour", score.egress());
        tree.put("meanRoundTripMs", score.latency());
        tree.put("penaltyUsdPerHour", score.penalty());
        tree.put("totalUsdPerHour", score.total());
        return tree;
    }

    private static Map<String, Object> rejected(Rejected rejected) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("bridge", rejected.bridge().value());
        tree.put("reason", rejected.reason().name());
        tree.put("reasonText", ReasonText.of(rejected.reason()));
        return tree;
    }

    private static List<Map<String, Object>> bridges(ConferenceLayout layout) {
        return layout.shape().bridges().stream().map(ExplainPage::bridge).toList();
    }

    private static Map<String, Object> bridge(BridgeUse use) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("bridge", use.bridge().value());
        tree.put("audience", use.audience().name().toLowerCase(Locale.ROOT));
        tree.put("people", use.size());
        Map<String, Object> regions = new LinkedHashMap<>();
        for (RegionCount region : use.people()) {
            regions.put(region.region().map(Region::name).orElse(""), region.count());
        }
        tree.put("peopleByRegion", regions);
        tree.put("audioSenders", use.audioSenders());
        tree.put("videoSenders", use.videoSenders());
        return tree;
    }

    private static List<Map<String, Object>> links(ConferenceLayout layout) {
        return layout.links().stream().map(ExplainPage::link).toList();
    }

    private static Map<String, Object> link(Link link) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("a", link.a().value());
        tree.put("b", link.b().value());
        tree.put("mesh", link.mesh().value());
        return tree;
    }
}
