package org.confocal.focus.model;

/** Entity capabilities (XEP-0115): equal values mean equal features, so one disco#info answers for all. */
public record Caps(String node, String ver) {}
