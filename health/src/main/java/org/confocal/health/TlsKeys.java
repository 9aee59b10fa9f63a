package org.confocal.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate and key, read again when one of the files has changed: looked at every {@link #LOOK}. Files that
 * cannot be used, as in the moment between two of them being written, leave what was there in use.
 */
final class TlsKeys extends AbstractLifeCycle {
    static final Duration LOOK = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(TlsKeys.class);

    private final Access.Tls tls;
    private final Scheduler scheduler;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private List<FileTime> read = List.of();

    TlsKeys(Access.Tls tls, Scheduler scheduler) {
        this.tls = tls;
        this.scheduler = scheduler;
        context.setKeyStorePassword("");
        // A control call without a certificate is refused with a sentence, and other calls need none.
        context.setWantClientAuth(tls.clientCa().isPresent());
    }

    /**
     * To be called before the start.
     *
     * @throws IOException where a file cannot be used; says which and why
     */
    void readFirst() throws IOException {
        read = times();
        use(context, Stores.of(tls));
    }

    SslContextFactory.Server context() {
        return context;
    }

    @Override
    protected void doStart() {
        lookAgain();
    }

    private void lookAgain() {
        scheduler.schedule(this::look, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!isRunning() && !isStarting()) {
            return;
        }
        readIfChanged();
        lookAgain();
    }

    /** Called by one thread at a time. */
    void readIfChanged() {
        try {
            List<FileTime> now = times();
            if (!now.equals(read)) {
                read = now;
                Stores stores = Stores.of(tls);
                context.reload(factory -> use((SslContextFactory.Server) factory, stores));
                log.info("The certificate in {} is used from now on.", tls.certificate());
            }
        } catch (Exception unusable) {
            log.warn("The certificate that was read before stays in use: {}", unusable.getMessage());
        }
    }

    private static void use(SslContextFactory.Server factory, Stores stores) {
        factory.setKeyStore(stores.server());
        stores.authorities().ifPresent(factory::setTrustStore);
    }

    private List<FileTime> times() throws IOException {
        List<FileTime> times = new ArrayList<>();
        times.add(time(tls.certificate()));
        times.add(time(tls.key()));
        if (tls.clientCa().isPresent()) {
            times.add(time(tls.clientCa().get()));
        }
        return times;
    }

    private static FileTime time(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + " does not exist or cannot be read");
        }
        return Files.getLastModifiedTime(file);
    }

    private record Stores(KeyStore server, Optional<KeyStore> authorities) {
        static Stores of(Access.Tls tls) throws IOException {
            Optional<Path> ca = tls.clientCa();
            return new Stores(
                    PemFiles.server(tls),
                    ca.isPresent() ? Optional.of(PemFiles.authorities(ca.get())) : Optional.empty());
        }
    }
}
