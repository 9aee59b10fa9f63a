package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The installed Chromium, which notes what its pages complain of. Used by one thread. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> complaints = new ArrayList<>();

    Browser() {
        // It would fetch browsers of its own, which need not be reachable.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(installed()));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    private static Path installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
        return Stream.of(path.split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium: './dev test' installs it on Debian"));
    }

    /** A page of that size, in light or dark, at this address. */
    Page open(String address, int width, int height, ColorScheme scheme) {
        Page page = browser.newPage(new com.microsoft.playwright.Browser.NewPageOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme));
        page.setDefaultTimeout((double) Site.PATIENCE.toMillis());
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(error -> complaints.add("thrown: " + error));
        page.navigate(address);
        return page;
    }

    /** Errors on the consoles of all pages so far. */
    List<String> complaints() {
        return complaints;
    }

    /** Fails where axe finds something on the page that keeps people out seriously. */
    static void assertUsableByEverybody(Page page) {
        // Evaluated by the browser's tools, which the page's policy does not bind.
        page.evaluate(axe());
        Object found = page.evaluate(
                "async () => JSON.stringify((await axe.run()).violations"
                        + ".map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ target }) => target.join(' ')) })))");
        JsonNode violations = JsonMapper.shared().readTree(String.valueOf(found));
        List<String> serious = new ArrayList<>();
        for (JsonNode violation : violations) {
            if (List.of("serious", "critical").contains(violation.path("impact").asString(""))) {
                serious.add(violation.toString());
            }
        }
        assertThat(serious).as("what axe finds").isEmpty();
    }

    private static String axe() {
        try (InputStream about = resource("/META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
            Properties properties = new Properties();
            properties.load(about);
            String version = properties.getProperty("version", "");
            try (InputStream in = resource("/META-INF/resources/webjars/axe-core/" + version + "/axe.min.js")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Optional.ofNullable(Browser.class.getResourceAsStream(name))
                .orElseThrow(() -> new IllegalStateException("not on the class path: " + name));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
