package org.confocal.tests.placement;

import com.google.ortools.Loader;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Chooses one pattern for each conference so that no site carries more than it can and all together cost least, with OR-Tools'
 * CP-SAT (placement.md, section 4, "pattern master"). Where that cannot be, as few packets as possible are over the capacities,
 * then the cost is the least.
 *
 * <p>One worker, a fixed seed and a limit on CP-SAT's deterministic time: the same input gives the same answer.
 */
final class PatternMaster {
    /** Of the cost: what is proven is at most this share lower. */
    static final double GAP = 0.005;
    /** Of CP-SAT's own seconds, for each of two solves. */
    private static final double MOST_WORK = 2;

    private static final double USD = 1e6;

    private final List<List<Pattern>> choices;
    private final double[] capacities;

    /**
     * @param chosen for each conference, the position of its pattern
     * @param usdPerHour what they cost
     * @param boundUsdPerHour proven: with so little over the capacities nothing costs less
     * @param packets per second, by site
     * @param overflow of these, those over the capacity
     * @param proven whether overflow and cost are within {@value #GAP} of the least
     */
    record Solution(
            List<Integer> chosen,
            double usdPerHour,
            double boundUsdPerHour,
            List<Double> packets,
            List<Double> overflow,
            boolean proven) {
        double allOverflow() {
            return overflow.stream().mapToDouble(packets -> packets).sum();
        }
    }

    /** What was found, and what was proven about it in the unit of the objective. */
    private record Answer(List<Integer> chosen, double bound, boolean proven) {}

    private PatternMaster(List<List<Pattern>> choices, double[] capacities) {
        this.choices = choices;
        this.capacities = capacities.clone();
    }

    /**
     * @param choices for each conference at least one pattern
     * @param capacities packets per second, by site
     */
    static Solution solve(List<List<Pattern>> choices, double[] capacities) {
        Loader.loadNativeLibraries();
        return new PatternMaster(choices, capacities).solve();
    }

    private Solution solve() {
        List<Integer> cheapest = choices.stream().map(PatternMaster::cheapest).toList();
        Optional<Answer> coolest = new Model(Optional.empty()).solve(cheapest);
        List<Integer> fitting = coolest.map(Answer::chosen).orElse(cheapest);
        long over = 0;
        for (double packets : overflow(fitting)) {
            // Every load is rounded down in the model, so this is no less than what the model needs.
            over += (long) Math.ceil(packets);
        }
        Optional<Answer> found = new Model(Optional.of(over)).solve(fitting);
        double least = usd(cheapest);
        List<Integer> chosen = found.map(Answer::chosen).orElse(fitting);
        double bound = found.map(answer -> answer.bound / USD).orElse(least);
        return new Solution(
                chosen,
                usd(chosen),
                // The model counts millionths of a dollar.
                Math.min(Math.max(bound, least), usd(chosen)),
                packets(chosen),
                overflow(chosen),
                coolest.map(Answer::proven).orElse(false)
                        && found.map(Answer::proven).orElse(false));
    }

    private static int cheapest(List<Pattern> patterns) {
        int best = 0;
        for (int i = 1; i < patterns.size(); i++) {
            best = patterns.get(i).usdPerHour() < patterns.get(best).usdPerHour() ? i : best;
        }
        return best;
    }

    private double usd(List<Integer> chosen) {
        double usd = 0;
        for (int conference = 0; conference < chosen.size(); conference++) {
            usd += choices.get(conference).get(chosen.get(conference)).usdPerHour();
        }
        return usd;
    }

    private List<Double> packets(List<Integer> chosen) {
        double[] packets = new double[capacities.length];
        for (int conference = 0; conference < chosen.size(); conference++) {
            for (Pattern.Load load :
                    choices.get(conference).get(chosen.get(conference)).loads()) {
                packets[load.site()] += load.packets();
            }
        }
        return Arrays.stream(packets).boxed().toList();
    }

    private List<Double> overflow(List<Integer> chosen) {
        List<Double> overflow = new ArrayList<>();
        List<Double> packets = packets(chosen);
        for (int site = 0; site < capacities.length; site++) {
            overflow.add(Math.max(0, packets.get(site) - capacities[site]));
        }
        return overflow;
    }

    /** With the least overflow as its objective, or with the least cost. */
    private final class Model {
        private final CpModel model = new CpModel();
        private final List<List<BoolVar>> taken = new ArrayList<>();

        /** @param mostOverflow packets per second over the capacities, of all sites; empty where these are to be the fewest */
        Model(Optional<Long> mostOverflow) {
            LinearExprBuilder[] loads = new LinearExprBuilder[capacities.length];
            for (int site = 0; site < loads.length; site++) {
                loads[site] = LinearExpr.newBuilder();
            }
            LinearExprBuilder cost = LinearExpr.newBuilder();
            for (int conference = 0; conference < choices.size(); conference++) {
                List<BoolVar> variables = new ArrayList<>();
                for (Pattern pattern : choices.get(conference)) {
                    BoolVar variable = model.newBoolVar("c" + conference + "p" + variables.size());
                    variables.add(variable);
                    cost.addTerm(variable, Math.round(pattern.usdPerHour() * USD));
                    pattern.loads().forEach(load -> loads[load.site()].addTerm(variable, (long) load.packets()));
                }
                model.addExactlyOne(variables.toArray(new Literal[0]));
                taken.add(variables);
            }
            LinearExprBuilder over = LinearExpr.newBuilder();
            for (int site = 0; site < capacities.length; site++) {
                IntVar overflow = model.newIntVar(0, Integer.MAX_VALUE, "over" + site);
                over.add(overflow);
                model.addLessOrEqual(loads[site].addTerm(overflow, -1), (long) capacities[site]);
            }
            if (mostOverflow.isPresent()) {
                model.addLessOrEqual(over, mostOverflow.get());
                model.minimize(cost);
            } else {
                model.minimize(over);
            }
        }

        /** @return nothing where the limit of time came first */
        Optional<Answer> solve(List<Integer> hint) {
            for (int conference = 0; conference < taken.size(); conference++) {
                for (int i = 0; i < taken.get(conference).size(); i++) {
                    model.addHint(taken.get(conference).get(i), hint.get(conference) == i);
                }
            }
            CpSolver solver = new CpSolver();
            solver.getParameters()
                    .setNumWorkers(1)
                    .setRandomSeed(1)
                    .setRelativeGapLimit(GAP)
                    .setMaxDeterministicTime(MOST_WORK);
            CpSolverStatus status = solver.solve(model);
            if (status != CpSolverStatus.OPTIMAL && status != CpSolverStatus.FEASIBLE) {
                return Optional.empty();
            }
            List<Integer> chosen = new ArrayList<>();
            for (List<BoolVar> variables : taken) {
                int i = 0;
                while (!solver.booleanValue(variables.get(i))) {
                    i++;
                }
                chosen.add(i);
            }
            return Optional.of(new Answer(chosen, solver.bestObjectiveBound(), status == CpSolverStatus.OPTIMAL));
        }
    }
}
