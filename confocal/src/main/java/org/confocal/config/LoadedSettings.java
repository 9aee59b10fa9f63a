package org.confocal.config;

import java.util.List;

/**
 * A configuration that can be used.
 *
 * @param warnings what an operator should know of it, a sentence each
 * @param effective every key with the value that counts, secrets hidden
 */
public record LoadedSettings(FocusSettings settings, List<String> warnings, String effective) {
    public LoadedSettings {
        warnings = List.copyOf(warnings);
    }
}
