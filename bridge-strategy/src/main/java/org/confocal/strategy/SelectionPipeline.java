package org.confocal.strategy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeSelectionStrategy.Reach;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;

/**
 * The steps around a strategy (spec/05, section 8): which bridges may be taken at all, whether the conference stays where
 * it is, and the explanation. Pure; any thread; it reserves nothing.
 *
 * <p><b>A conference that must stay on one bridge</b> (octo off, a strategy for one bridge, or a bridge without relay id)
 * gets the bridge that it has, whatever its load, draining and graceful shutdown included, while that bridge is
 * {@linkplain FleetSnapshot#tolerable tolerable}. Once it is not, or has left, the answer is chosen as if the conference
 * had no bridge: <b>the whole conference is meant to move</b>. The conference machine sees it by a {@code Chosen} bridge
 * that it has no session with. It then takes the old one out of its shape at once, invites everybody on it again, and each
 * of them is selected for anew; they follow, because the new bridge is now the conference's. Should several bridges be
 * listed nevertheless, the last one that joined is the one that the conference is moving to. Endpoints are to be released
 * from the old bridge by its id; a release after the new reservation does no harm. Jicofo instead refuses everybody who
 * joins while the conference's only bridge is out; we move, because nobody would come back for them.
 *
 * <p><b>Avoided bridges.</b> A conference avoids a bridge on which an allocation of it failed, and somebody who is moved
 * the one that he comes from ({@link SelectionRequest#avoided}), while another may be taken.
 *
 * <p><b>Planned moves.</b> Who is moved to a certain bridge ({@link SelectionRequest#planned}) gets it without the strategy being
 * asked, while it may be taken, is below the threshold and can be linked with the conference's bridges; else the strategy chooses,
 * and the explanation says so.
 *
 * <p><b>Last resort.</b> Where no bridge passes, those that failed are considered unless they say that they are broken; of them
 * the one that is to come back first, so that several take turns. Jicofo refuses then; we try, because the last bridge must
 * not be closed to a site. Retries stay bounded: a conference waits longer after each failure.
 *
 * <p><b>The site's policy</b> is a filter before the strategy. It moves nobody: a bridge that the conference has stays its
 * bridge, and so does everybody on it. Whoever would have to go there, against the policy, because the conference must stay on
 * one bridge, is refused.
 */
public final class SelectionPipeline {
    private final SelectionConfig config;
    private final BridgeSelectionStrategy strategy;
    private final PlacementPolicy policy;

    /** Where everybody may be anywhere. */
    public SelectionPipeline(SelectionConfig config, BridgeSelectionStrategy strategy) {
        this(config, strategy, PlacementPolicy.ALLOW_ALL);
    }

    /** @param policy must not throw */
    public SelectionPipeline(SelectionConfig config, BridgeSelectionStrategy strategy, PlacementPolicy policy) {
        this.config = config;
        this.strategy = strategy;
        this.policy = policy;
    }

    /** The strategy's name, as explanations have it. */
    public String strategyName() {
        return strategy.name();
    }

    /**
     * Chooses a bridge for one participant.
     *
     * @return a bridge of {@code fleet}; or the step that left none, with the bridges it left out
     */
    public Selection select(SelectionRequest request, FleetSnapshot fleet) {
        if (fleet.bridges().isEmpty()) {
            return none(Refusal.NO_BRIDGES, "no bridge in the brewery", List.of());
        }
        List<BridgeCell> kept = kept(request, fleet);
        Optional<String> current =
                kept.isEmpty() ? Optional.empty() : kept.getFirst().group().version();
        Optional<String> pinned = request.conference().pinnedVersion();
        if (!config.allowMixedVersions() && current.isPresent() && pinned.isPresent() && !current.equals(pinned)) {
            return none(
                    Refusal.NO_MATCHING_VERSION,
                    "the conference is on version " + current.get() + " and pinned to " + pinned.get(),
                    List.of());
        }
        PlacementRules rules = policy.rules(request);
        Optional<String> full = rules.againstMore(request.conference().size());
        if (full.isPresent()) {
            return none(Refusal.DENIED_BY_POLICY, "the conference may have no more people: " + full.get(), List.of());
        }
        if (!kept.isEmpty() && !mayCascade(kept)) {
            return stay(kept.getLast().bridge(), rules, request.at(), fleet);
        }
        Optional<String> version = config.allowMixedVersions() ? Optional.empty() : current.or(() -> pinned);
        return choose(request, kept, version, rules, fleet);
    }

    /** The conference's bridges that can carry on, in the order in which they joined it. */
    private static List<BridgeCell> kept(SelectionRequest request, FleetSnapshot fleet) {
        List<BridgeUse> uses = request.conference().bridges();
        List<BridgeCell> kept = new ArrayList<>(uses.size());
        for (BridgeUse use : uses) {
            BridgeCell cell = fleet.index().get(use.bridge());
            if (cell != null && fleet.tolerable(cell.bridge(), request.at())) {
                kept.add(cell);
            }
        }
        return kept;
    }

    private boolean mayCascade(List<BridgeCell> kept) {
        return config.octoEnabled()
                && strategy.reach() == Reach.MANY_BRIDGES
                && kept.getFirst().bridge().relayId().isPresent();
    }

    private Selection stay(BridgeSnapshot bridge, PlacementRules rules, Instant at, FleetSnapshot fleet) {
        Optional<String> against = rules.against(fleet.kind(bridge));
        if (against.isPresent()) {
            return none(
                    Refusal.DENIED_BY_POLICY,
                    "the conference must stay on its bridge, which the policy does not allow: " + against.get(),
                    List.of(new Rejected(bridge.id(), Rejection.DENIED_BY_POLICY)));
        }
        return decided(bridge, "stays on the conference's bridge", at, fleet);
    }

    /** Without asking the strategy. */
    private Selection decided(BridgeSnapshot bridge, String rule, Instant at, FleetSnapshot fleet) {
        Candidate candidate = new Candidate(bridge.id(), fleet.stress(bridge, at));
        return new Selection.Chosen(
                bridge.id(),
                bridge.region(),
                bridge.relayId(),
                new Explanation(strategy.name(), rule, List.of(candidate), List.of()));
    }

    private Selection choose(
            SelectionRequest request,
            List<BridgeCell> kept,
            Optional<String> version,
            PlacementRules rules,
            FleetSnapshot fleet) {
        Eligible eligible = Eligible.of(fleet, request.at(), version, rules);
        String circumstance = (kept.isEmpty() ? moved(request.conference()) : "") + denied(rules, fleet);
        if (!request.avoided().isEmpty() && !eligible.isEmpty()) {
            Eligible elsewhere = eligible.avoiding(request.avoided());
            circumstance += elsewhere.isEmpty() ? "to be avoided, and there is no other: " : "";
            eligible = elsewhere.isEmpty() ? eligible : elsewhere;
        }
        if (request.planned().isPresent()) {
            BridgeId planned = request.planned().get();
            Optional<BridgeSnapshot> free = eligible.bridge(planned)
                    .filter(bridge -> fleet.stress(bridge, request.at()) < fleet.stressThreshold())
                    .filter(bridge -> linkable(planned, kept, fleet));
            if (free.isPresent()) {
                return decided(free.get(), "moves there as planned", request.at(), fleet);
            }
            circumstance += planned.nick() + " was planned and cannot be taken: ";
        }
        if (eligible.isEmpty()) {
            Eligible lastResort = eligible.lastResort();
            if (lastResort.isEmpty()) {
                Refusal refusal = eligible.refusal();
                return none(refusal, circumstance + sentence(refusal, version), eligible.rejected());
            }
            eligible = lastResort;
            circumstance += "last resort, failed lately: ";
        }
        Selection answer = strategy.select(narrowed(request, kept), eligible);
        if (answer instanceof Selection.Chosen chosen && !linkable(chosen.bridge(), kept, fleet)) {
            return stay(kept.getLast().bridge(), rules, request.at(), fleet);
        }
        return explained(answer, eligible, circumstance);
    }

    /**
     * The bridges that moves may be planned to: those that may be chosen, but for the site's policy, which judges people.
     *
     * @param version of the conference's bridges; of no importance where versions may be mixed
     */
    public FleetView eligible(Optional<String> version, Instant at, FleetSnapshot fleet) {
        return Eligible.of(fleet, at, config.allowMixedVersions() ? Optional.empty() : version, PlacementRules.NONE);
    }

    /** Whether a bridge is one of the conference's, or has a relay id of its own to be linked with them by. */
    private static boolean linkable(BridgeId bridge, List<BridgeCell> kept, FleetSnapshot fleet) {
        for (BridgeCell other : kept) {
            if (other.bridge().id().equals(bridge)) {
                return true;
            }
        }
        Optional<String> relayId = fleet.bridge(bridge).flatMap(BridgeSnapshot::relayId);
        boolean able = kept.isEmpty() || relayId.isPresent();
        for (BridgeCell other : kept) {
            able &= !other.bridge().relayId().equals(relayId);
        }
        return able;
    }

    private static String denied(PlacementRules rules, FleetSnapshot fleet) {
        return rules.rules().isEmpty()
                ? ""
                : rules.against(fleet.kinds())
                        .map(reasons -> "not everywhere by policy (" + reasons + "): ")
                        .orElse("");
    }

    private static String moved(ConferenceShape conference) {
        return conference.bridges().isEmpty()
                ? ""
                : "moves away from " + conference.bridges().getLast().bridge() + ", which is not usable: ";
    }

    /** A strategy sees only those of the conference's bridges that can carry on. */
    private static SelectionRequest narrowed(SelectionRequest request, List<BridgeCell> kept) {
        ConferenceShape conference = request.conference();
        if (kept.size() == conference.bridges().size()) {
            return request;
        }
        List<BridgeId> ids = kept.stream().map(cell -> cell.bridge().id()).toList();
        ConferenceShape shape = conference.onOnly(conference.bridges().stream()
                .filter(use -> ids.contains(use.bridge()))
                .toList());
        return request.in(shape);
    }

    /** The strategy's answer, with what was left out before it was asked. */
    private Selection explained(Selection answer, Eligible eligible, String circumstance) {
        return switch (answer) {
            case Selection.Chosen chosen ->
                eligible.bridge(chosen.bridge())
                        .<Selection>map(bridge -> new Selection.Chosen(
                                bridge.id(),
                                bridge.region(),
                                bridge.relayId(),
                                completed(chosen.why(), eligible, circumstance)))
                        // A plug-in may answer anything.
                        .orElseGet(() -> none(
                                Refusal.STRATEGY_REFUSED,
                                circumstance + "it chose " + chosen.bridge() + ", which may not be taken",
                                eligible.rejected()));
            case Selection.None none ->
                new Selection.None(none.reason(), completed(none.why(), eligible, circumstance));
        };
    }

    private static Explanation completed(Explanation why, Eligible eligible, String circumstance) {
        String rule = circumstance.isEmpty() ? why.rule() : circumstance + why.rule();
        return new Explanation(why.strategy(), rule, why::candidates, () -> {
            List<Rejected> rejected = new ArrayList<>(eligible.rejected());
            rejected.addAll(why.rejected());
            return rejected;
        });
    }

    private Selection none(Refusal reason, String rule, List<Rejected> rejected) {
        return new Selection.None(reason, new Explanation(strategy.name(), rule, List.of(), rejected));
    }

    private static String sentence(Refusal refusal, Optional<String> version) {
        return switch (refusal) {
            case NO_BRIDGES -> "no bridge in the brewery";
            case NONE_OPERATIONAL -> "every bridge has failed lately or is unhealthy";
            case ALL_SHUTTING_DOWN -> "every operational bridge is shutting down";
            case NO_MATCHING_VERSION -> "no usable bridge of version " + version.orElse("?");
            case DENIED_BY_POLICY -> "the policy allows no usable bridge";
            case SECOND_BRIDGE_NOT_ALLOWED -> "there must be no second bridge";
            case STRATEGY_REFUSED -> "no candidate was wanted";
        };
    }
}
