package org.confocal.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key as in {@code jicofo.bridge.stress-threshold}
 * @param value as it was read; hidden where it is a secret
 * @param origin file and line
 * @param valid what would be valid, in words
 */
public record SettingsProblem(String key, String value, String origin, String valid) {

    @Override
    public String toString() {
        return "%s = %s (%s): must be %s".formatted(key, value, origin, valid);
    }
}
