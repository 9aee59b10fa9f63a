package org.confocal.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Says everything that is wrong, not only the first thing. */
public final class SettingsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }

    SettingsException(List<SettingsProblem> problems) {
        super(problems.stream().map(SettingsProblem::toString).collect(Collectors.joining("\n")));
    }

    /** A sentence for each thing that is wrong, a line each. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
