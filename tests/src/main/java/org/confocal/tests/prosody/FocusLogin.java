package org.confocal.tests.prosody;

/** How the focus is attached to Prosody (spec/01). */
public enum FocusLogin {
    /** As the external component {@code focus.DOMAIN} (XEP-0114). */
    COMPONENT,
    /** As the account {@code focus@auth.DOMAIN}, with a client_proxy at {@code focus.DOMAIN}. */
    CLIENT
}
