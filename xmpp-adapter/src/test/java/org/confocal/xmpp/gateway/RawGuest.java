package org.confocal.xmpp.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An anonymous client on a plain socket that says what the test says, and waits for words. */
public final class RawGuest implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final StringBuilder heard = new StringBuilder();
    private final String jid;

    public RawGuest(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        String header = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
                + " to='localhost' version='1.0'>";
        say(header);
        hear("</stream:features>");
        say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
        hear("<success");
        say(header);
        hear("</stream:features>");
        say("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        jid = find("<jid>([^<]*)</jid>");
        hear("</iq>");
    }

    public String jid() {
        return jid;
    }

    public void say(String xml) throws IOException {
        out.write(xml.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Reads up to and with these words, and returns what came before them too. */
    public String hear(String words) throws IOException {
        return find("(?s)^(.*?" + Pattern.quote(words) + ")");
    }

    /** Reads until the pattern is found, and returns its first group; what was read is used up. */
    public String find(String regex) throws IOException {
        Pattern pattern = Pattern.compile(regex);
        byte[] buffer = new byte[8192];
        while (true) {
            Matcher matcher = pattern.matcher(heard);
            if (matcher.find()) {
                String found = matcher.group(1);
                heard.delete(0, matcher.end());
                return found;
            }
            int count = in.read(buffer);
            if (count < 0) {
                throw new AssertionError("the server hung up instead of saying " + regex + ": " + heard);
            }
            heard.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
