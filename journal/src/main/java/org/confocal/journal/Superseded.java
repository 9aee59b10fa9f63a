package org.confocal.journal;

import java.io.IOException;

/** Another process of this machine waits in the place of this one, which has nothing to do any more. */
public final class Superseded extends IOException {
    private static final long serialVersionUID = 1;

    Superseded(String message) {
        super(message);
    }
}
