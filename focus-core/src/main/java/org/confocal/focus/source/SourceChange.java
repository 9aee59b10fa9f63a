package org.confocal.focus.source;

import org.confocal.focus.model.EndpointSources;

/** What became of a source-add or a source-remove. */
public sealed interface SourceChange {
    /**
     * It was done.
     *
     * @param next the conference's sources afterwards
     * @param changed exactly what came or went, as it is stored: this is what others are told
     */
    record Accepted(ConferenceSources next, EndpointSources changed) implements SourceChange {}

    /**
     * It was refused and nothing changed.
     *
     * @param text for the {@code bad-request} to the client, at most about 400 characters
     */
    record Rejected(String text) implements SourceChange {}
}
