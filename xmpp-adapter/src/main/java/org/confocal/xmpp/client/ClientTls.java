package org.confocal.xmpp.client;

import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The client's side of TLS, with what this JVM trusts. */
final class ClientTls {

    private ClientTls() {}

    /** A handshake as with the account's domain, which the certificate has to prove unless it is not checked. */
    static SslHandler handler(ClientConfig config) {
        boolean checked = config.certificates() == ClientConfig.CertificateCheck.ON;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // With null the JDK takes what this JVM trusts.
            TrustManager @Nullable [] trust = checked ? null : InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
            context.init(null, trust, null);
            SSLEngine engine = context.createSSLEngine(config.domain().toString(), config.port());
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            if (checked) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            engine.setSSLParameters(parameters);
            SslHandler handler = new SslHandler(engine);
            handler.setHandshakeTimeoutMillis(config.connectTimeout().toMillis());
            handler.setCloseNotifyFlushTimeoutMillis(Duration.ofSeconds(1).toMillis());
            return handler;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
