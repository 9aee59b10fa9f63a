package org.confocal.focus.model;

/**
 * Where the reply to a received IQ goes: back to {@code from}, as {@code to}, with the same {@code id}. A value, so that
 * an answer can be given by another process than the one that received the question.
 */
public record StanzaRef(Jid from, Jid to, String id) {}
