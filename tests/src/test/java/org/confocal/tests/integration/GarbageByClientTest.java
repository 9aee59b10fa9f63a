package org.confocal.tests.integration;

import java.io.IOException;
import org.confocal.tests.prosody.FocusLogin;

/** Nonsense to a focus that is a client login of its Prosody. */
class GarbageByClientTest extends Garbage {
    GarbageByClientTest() throws IOException {
        super(FocusLogin.CLIENT);
    }
}
