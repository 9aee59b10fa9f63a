package org.confocal.health;

import org.confocal.focus.model.Jid;

/**
 * Who answers.
 *
 * @param version of the focus
 * @param focus its address as clients know it; its bare form is the {@code focusJid} of an answer
 * @param strategy the name of the bridge selection strategy
 * @param authority Jicofo's name for the way people authenticate; {@code null} as a word where they need not
 */
public record FocusIdentity(String version, Jid focus, String strategy, String authority) {}
