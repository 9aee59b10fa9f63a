package org.confocal.focus.model;

/** Ties an answer to the request that a conference made. Unique within the conference. */
public record RequestId(long value) {}
