package org.confocal.tests.placement;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code ./dev sim placement} was asked for.
 *
 * @param only these contenders and the baseline; empty for all
 */
record Options(
        Scenario scenario,
        long firstSeed,
        int seeds,
        Prices prices,
        boolean json,
        Optional<Path> html,
        int threads,
        Set<String> only) {
    static final String USAGE = "usage: ./dev sim placement [--seeds N] [--first-seed S] [--scenario 200|2000|10000]"
            + " [--hours H] [--prices aws|gcp|oci|mixed] [--threads N] [--only NAME,NAME] [--json] [--html FILE]";

    /** A run that is shorter than a day begins when Europe works and America comes. */
    private static final double BUSY_HOUR = 13;

    /** Sets of prices (placement.md, section 2). */
    enum Prices {
        AWS,
        GCP,
        OCI,
        MIXED
    }

    /** @throws IllegalArgumentException with a sentence, if an option is unknown, incomplete or out of range */
    static Options parse(String[] args) {
        int concurrent = 2000;
        double hours = 24;
        long firstSeed = 1;
        int seeds = 1;
        int threads = 2;
        Prices prices = Prices.AWS;
        boolean json = false;
        Set<String> only = Set.of();
        Optional<Path> html = Optional.empty();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--json" -> json = true;
                case "--scenario" -> concurrent = Integer.parseInt(value(args, ++i));
                case "--hours" -> hours = Double.parseDouble(value(args, ++i));
                case "--seeds" -> seeds = Integer.parseInt(value(args, ++i));
                case "--first-seed" -> firstSeed = Long.parseLong(value(args, ++i));
                case "--threads" -> threads = Integer.parseInt(value(args, ++i));
                case "--prices" -> prices = prices(value(args, ++i));
                case "--only" -> only = Set.of(value(args, ++i).split(","));
                case "--html" -> html = Optional.of(Path.of(value(args, ++i)));
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (seeds < 1 || threads < 1) {
            throw new IllegalArgumentException("at least one seed and one thread");
        }
        Scenario scenario = new Scenario(concurrent, hours < 24 ? BUSY_HOUR : 0, hours);
        return new Options(scenario, firstSeed, seeds, prices, json, html, threads, only);
    }

    private static String value(String[] args, int index) {
        if (index >= args.length) {
            throw new IllegalArgumentException(args[index - 1] + " wants a value");
        }
        return args[index];
    }

    private static Prices prices(String name) {
        for (Prices prices : Prices.values()) {
            if (prices.name().equalsIgnoreCase(name)) {
                return prices;
            }
        }
        throw new IllegalArgumentException("no prices " + name);
    }
}
