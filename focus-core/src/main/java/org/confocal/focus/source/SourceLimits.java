package org.confocal.focus.source;

/**
 * How much one endpoint may send (spec/03, section 7).
 *
 * @param maxSsrcs per endpoint and medium, at least 0
 * @param maxGroups per endpoint and medium, at least 0
 */
public record SourceLimits(int maxSsrcs, int maxGroups) {
    public SourceLimits {
        if (maxSsrcs < 0 || maxGroups < 0) {
            throw new IllegalArgumentException("limits must not be negative: " + maxSsrcs + ", " + maxGroups);
        }
    }
}
