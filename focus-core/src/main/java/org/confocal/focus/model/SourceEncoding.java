package org.confocal.focus.model;

/** How sources travel to a participant (spec/03, sections 3 and 4). */
public enum SourceEncoding {
    /** {@code <source>} elements in the contents. */
    XML,
    /** A compact JSON text in {@code <json-message>}, and no contents in source-add and source-remove. */
    JSON
}
