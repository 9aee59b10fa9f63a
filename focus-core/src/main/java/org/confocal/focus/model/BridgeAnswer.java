package org.confocal.focus.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.strategy.EndpointId;

/** What came back from a bridge for a {@link BridgeRequest} (spec/04, sections 4 and 5). */
public sealed interface BridgeAnswer {

    /**
     * {@code <conference-modified>}.
     *
     * @param feedback the bridge's own sources; empty unless something was created
     */
    record Modified(List<EndpointAnswer> endpoints, List<RelayAnswer> relays, EndpointSources feedback)
            implements BridgeAnswer {
        public Modified {
            endpoints = List.copyOf(endpoints);
            relays = List.copyOf(relays);
        }

        /** About endpoints only. */
        public Modified(List<EndpointAnswer> endpoints, EndpointSources feedback) {
            this(endpoints, List.of(), feedback);
        }
    }

    /**
     * One relay of the answer.
     *
     * @param id the other bridge's relay id
     * @param transport of this bridge's end; present where the relay was created
     */
    record RelayAnswer(String id, Optional<IceTransport> transport) {}

    /** One endpoint of the answer. */
    record EndpointAnswer(EndpointId id, Optional<IceTransport> transport, OptionalInt sctpPort) {}

    /**
     * A stanza error.
     *
     * @param condition the defined condition, as in {@code item-not-found}
     * @param reason the reason of the colibri2 error extension, as in {@code unknown_endpoint}
     * @param endpoint the endpoint that the bridge does not know
     */
    record Refused(String condition, Optional<String> reason, Optional<EndpointId> endpoint, String text)
            implements BridgeAnswer {}

    /** Nothing, within the reply timeout. */
    record TimedOut() implements BridgeAnswer {}

    /** A result that is not a {@code <conference-modified>}. */
    record Unusable(String problem) implements BridgeAnswer {}

    /** The request could not be sent: no connection. */
    record NotSent() implements BridgeAnswer {}
}
