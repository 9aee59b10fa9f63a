package org.confocal;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.confocal.config.FocusSettings;
import org.confocal.focus.journal.Journal;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.Handover;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.client.ClientConnection;
import org.confocal.xmpp.component.ComponentConnection;

/**
 * The ways to Prosody, and what becomes of them when one process follows another.
 *
 * @param main carries the rooms
 * @param service carries the brewery where it is elsewhere
 */
record Connections(XmppConnection main, Optional<XmppConnection> service, List<Handover> streams) {

    /** Not connected yet. */
    static Connections of(FocusSettings.Xmpp settings, String version, Journal journal) {
        FocusIdentity identity = FocusIdentity.of(version);
        return switch (settings.main()) {
            case FocusSettings.Main.Component component -> {
                ComponentConnection main =
                        new ComponentConnection(component.config(), identity, new SecureRandom(), journal);
                yield with(main, main, settings, identity, journal);
            }
            case FocusSettings.Main.Client client -> {
                ClientConnection main = new ClientConnection(client.config(), identity, new SecureRandom(), journal);
                yield with(main, main, settings, identity, journal);
            }
        };
    }

    private static Connections with(
            XmppConnection main,
            Handover mainStream,
            FocusSettings.Xmpp settings,
            FocusIdentity identity,
            Journal journal) {
        Optional<ClientConnection> service =
                settings.service().map(config -> new ClientConnection(config, identity, new SecureRandom(), journal));
        return new Connections(
                main,
                service.map(connection -> connection),
                service.map(second -> List.<Handover>of(mainStream, second)).orElseGet(() -> List.of(mainStream)));
    }

    /** Connects as far as the process that has the streams allows; completes when both wait there. */
    CompletableFuture<Void> prepare() {
        return all(Handover::prepare);
    }

    /** Reads and writes no more; completes when all that came in is settled and kept. */
    CompletableFuture<Void> letGo() {
        return all(Handover::letGo);
    }

    private CompletableFuture<Void> all(
            java.util.function.Function<Handover, java.util.concurrent.CompletionStage<Void>> what) {
        return CompletableFuture.allOf(streams.stream()
                .map(stream -> what.apply(stream).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /** Ends both without ado, before anybody heard of them. */
    void close() {
        service.ifPresent(XmppConnection::close);
        main.close();
    }
}
