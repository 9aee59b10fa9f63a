package org.confocal.health;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;

/**
 * Lets through to the pages who may pass (RFC 6750): nobody more often than {@link HttpConfig.Limits#requestsPerSecond},
 * control calls on the control address only, and there, as soon as there is a credential, only with it. On a control
 * address of its own that holds for every call. Whoever shows wrong tokens waits: {@value #GUESSES} at once, then one a
 * second.
 */
final class AccessGate extends Handler.Wrapper {
    static final int GUESSES = 10;

    /** Names the connector of a control address of its own. */
    static final String CONTROL = "control";

    private static final String SCHEME = "bearer ";
    private static final String CHALLENGE = "Bearer realm=\"Confocal control\"";
    private static final Set<String> SAME_SITE = Set.of("same-origin", "same-site", "none");

    private final Access access;
    private final HttpConfig.Limits limits;
    private final InstantSource clock;
    private final AddressRates requests;
    private final AddressRates guesses = new AddressRates(1, GUESSES);

    AccessGate(Handler pages, HttpConfig config, InstantSource clock) {
        super(pages);
        this.access = config.access();
        this.limits = config.limits();
        this.clock = clock;
        this.requests = new AddressRates(limits.requestsPerSecond(), 2 * limits.requestsPerSecond());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<Reply> refusal = refusal(request);
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        // A body that is still on its way is read first: the client would lose the answer else.
        CompletableFuture<Boolean> unused = BodyReader.read(request, limits.bodyBytes())
                .orTimeout(limits.body().toMillis(), TimeUnit.MILLISECONDS)
                .handle((body, failure) -> {
                    Reply reply = refusal.get();
                    (failure == null ? reply : reply.withConnection(Reply.Connection.CLOSE)).send(response, callback);
                    return true;
                });
        return true;
    }

    private Optional<Reply> refusal(Request request) {
        if (request.getMethod().equals("CONNECT")) {
            // Jetty leaves the connection open, for a tunnel that there is not.
            return Optional.of(Reply.refusal(405, "This is no proxy").withConnection(Reply.Connection.CLOSE));
        }
        Instant now = clock.instant();
        InetAddress from = address(request);
        if (!requests.take(from, now)) {
            return Optional.of(tooMany("There were more than " + limits.requestsPerSecond() + " requests a second from "
                    + from.getHostAddress()));
        }
        boolean control =
                ControlCalls.includes(request.getMethod(), URIUtil.decodePath(Request.getPathInContext(request)));
        boolean controlAddress =
                CONTROL.equals(request.getConnectionMetaData().getConnector().getName());
        if (control && !controlAddress && access.control().isPresent()) {
            return Optional.of(Reply.refusal(
                    403, "This call changes something; such calls are answered at jicofo.rest.control.host only"));
        }
        if (!control && !controlAddress) {
            return Optional.empty();
        }
        return access.asksForCredential() ? credential(request, from, now) : otherSite(request);
    }

    private Optional<Reply> credential(Request request, InetAddress from, Instant now) {
        if (hasCertificate(request)) {
            return Optional.empty();
        }
        if (!guesses.mayTake(from, now)) {
            return Optional.of(tooMany("There were too many wrong tokens from " + from.getHostAddress()));
        }
        Optional<String> shown = Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        if (shown.isEmpty()) {
            return Optional.of(unauthorized("This call needs a token or a client certificate", CHALLENGE));
        }
        Optional<String> token = shown.filter(
                        header -> header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(header -> header.substring(SCHEME.length()).strip());
        if (token.filter(text ->
                        access.token().filter(known -> known.matches(text)).isPresent())
                .isPresent()) {
            return Optional.empty();
        }
        boolean unused = guesses.take(from, now);
        return Optional.of(unauthorized("The token is wrong", CHALLENGE + ", error=\"invalid_token\""));
    }

    /** Without credentials, a page of another site that an operator's browser shows must not move people (CSRF). */
    private static Optional<Reply> otherSite(Request request) {
        return Optional.ofNullable(request.getHeaders().get("Sec-Fetch-Site"))
                .filter(site -> !SAME_SITE.contains(site))
                .map(site -> Reply.refusal(403, "A page of another site must not call this"));
    }

    private static boolean hasCertificate(Request request) {
        // The handshake has checked it against the client authorities, and asks for none where there are none.
        return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session
                && session.peerCertificates() != null
                && session.peerCertificates().length > 0;
    }

    private static Reply unauthorized(String reason, String challenge) {
        return Reply.refusal(401, reason).withHeader("WWW-Authenticate", challenge);
    }

    private static Reply tooMany(String reason) {
        return Reply.refusal(429, reason).withHeader("Retry-After", "1");
    }

    private static InetAddress address(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
