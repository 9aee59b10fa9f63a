package org.confocal.tests.integration;

import java.io.IOException;
import org.confocal.tests.prosody.FocusLogin;

/** Nonsense to a focus that is a component of its Prosody. */
class GarbageByComponentTest extends Garbage {
    GarbageByComponentTest() throws IOException {
        super(FocusLogin.COMPONENT);
    }
}
