package org.confocal.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.CRC32;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The dashboard's own files and the libraries that it uses, from the class path. What is not in the list here is not served,
 * whatever a path says. A page may load nothing from anywhere else, and run nothing that does not come as a file.
 */
final class DashboardFiles {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final List<String> OWN = List.of(
            "icon.svg",
            "style.css",
            "graph.css",
            "main.js",
            "stream.js",
            "format.js",
            "figures.js",
            "fleet.js",
            "bridges.js",
            "conferences.js",
            "graph.js",
            "decisions.js",
            "explanation.js",
            "whatif.js",
            "egress.js");

    private final Map<String, File> files = new HashMap<>();

    /** A file as it is sent. */
    private static final class File {
        private final byte[] content;
        private final String type;
        private final String tag;

        File(byte[] content, String type) {
            CRC32 sum = new CRC32();
            sum.update(content);
            this.content = content;
            this.type = type;
            this.tag = "\"%08x-%x\"".formatted(sum.getValue(), content.length);
        }
    }

    /** Reads all of them. */
    DashboardFiles() {
        add("/", "/org/confocal/health/dashboard/index.html");
        for (String name : OWN) {
            add("/dashboard/" + name, "/org/confocal/health/dashboard/" + name);
        }
        add("/dashboard/chart.js", library("chart.js", "dist/chart.umd.min.js"));
        add("/dashboard/cytoscape.js", library("cytoscape", "dist/cytoscape.min.js"));
    }

    private void add(String path, String resource) {
        String type = path.equals("/") ? type("index.html") : type(path);
        files.put(path, new File(read(resource), type));
    }

    private static String type(String path) {
        return switch (path.substring(path.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    /** A WebJar names its version in its own folder. */
    private static String library(String name, String file) {
        Properties properties = new Properties();
        String about = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
        try (InputStream in = open(about)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("version", "");
        return "/META-INF/resources/webjars/" + name + "/" + version + "/" + file;
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        return Optional.ofNullable(DashboardFiles.class.getResourceAsStream(resource))
                .orElseThrow(() -> new IllegalStateException("not on the class path: " + resource));
    }

    /** Whether there is a file at this path. */
    boolean has(String path) {
        return files.containsKey(path);
    }

    /** Sends the file of a path, or that it has not changed. Returns at once. */
    void send(String path, Request request, Response response, Callback callback) {
        File file = Optional.ofNullable(files.get(path)).orElseThrow();
        response.getHeaders().put("Content-Security-Policy", POLICY);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        response.getHeaders().put(HttpHeader.ETAG, file.tag);
        boolean known = file.tag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH));
        if (known) {
            response.setStatus(304);
            callback.succeeded();
            return;
        }
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, file.type);
        response.write(true, ByteBuffer.wrap(file.content), callback);
    }
}
