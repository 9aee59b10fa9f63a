package org.confocal.xmpp.stream;

import java.util.Optional;

/** What a stream consists of. */
public sealed interface StreamEvent {

    /** The stream's header. */
    record Opened(Optional<String> id, Optional<String> from) implements StreamEvent {}

    /** A complete element below the root: a stanza, a stream error, a handshake. */
    record Received(XmlElement element) implements StreamEvent {}

    /** The end tag of the root. */
    record Closed() implements StreamEvent {}
}
