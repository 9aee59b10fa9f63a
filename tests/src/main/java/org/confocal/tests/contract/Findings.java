package org.confocal.tests.contract;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found. Confined to one thread. */
final class Findings {
    private final List<String> missing = new ArrayList<>();
    private final List<String> wrongType = new ArrayList<>();
    private int checked;

    void check() {
        checked++;
    }

    void missing(String what) {
        missing.add(what);
    }

    void wrong(String what) {
        wrongType.add(what);
    }

    ContractReport report() {
        return new ContractReport(checked, missing, wrongType);
    }
}
