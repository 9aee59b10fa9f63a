package org.confocal.focus.conference.state;

import java.util.Optional;
import org.confocal.focus.model.ConferenceRequest.Origin;
import org.confocal.focus.model.Login;

/**
 * A conference request that is not answered yet.
 *
 * @param login what the answer says of the sender's session
 */
public record Waiting(Origin origin, Optional<Login> login) {}
