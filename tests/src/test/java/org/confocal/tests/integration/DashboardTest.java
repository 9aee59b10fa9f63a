package org.confocal.tests.integration;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.demo.Layout;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard in a real browser, of a focus with people of three regions over linked bridges. */
class DashboardTest {
    private static final List<String> ROOMS = List.of("standup", "retro", "all-hands");
    private static final List<String> REGIONS = List.of("us-east-1", "eu-central-1", "ap-south-1");
    private static final int BRIDGES = 6;

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    private static Site site;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        site = Site.prepared(FocusLogin.COMPONENT, Domains.forTests());
        OPEN.add(site);
        browser = new Browser();
        OPEN.add(browser);
        site.prosody().restart();
        site.startFocus(Layout.THREE_REGIONS.configuration());
        for (int i = 0; i < BRIDGES; i++) {
            site.startBridge("jvb" + (i + 1), Layout.THREE_REGIONS.regions().get(i));
        }
        site.awaitUsable(BRIDGES);
        List<ClientEmulator> people = new ArrayList<>();
        for (int i = 0; i < ROOMS.size(); i++) {
            for (int person = 0; person < 3 + i; person++) {
                String region = REGIONS.get((i + person) % REGIONS.size());
                people.add(site.join(
                        site.client(ROOMS.get(i), ClientKind.REWRITING).in(region)));
            }
        }
        Site.patiently()
                .untilAsserted(() -> people.forEach(
                        person -> assertThat(person.books().session()).isPresent()));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable open : OPEN.reversed()) {
            open.close();
        }
    }

    @AfterEach
    void thePagesDidNotComplain() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void pageShowsTheBridgesAndConferencesThatExist() {
        try (Page page = open(1440, 900, ColorScheme.LIGHT)) {
            for (int i = 1; i <= BRIDGES; i++) {
                assertThat(bar(page, "jvb" + i)).hasCount(1);
            }
            assertThat(page.locator("#regions h3")).hasText(new String[] {"ap-south-1", "eu-central-1", "us-east-1"});
            for (String room : ROOMS) {
                assertThat(page.locator("#conference-rows").getByText(room)).isVisible();
            }
            assertThat(page.locator("#figures")).containsText("12");
            assertThat(page.locator(".warnings")).isHidden();
        }
    }

    @Test
    void aDecisionsExplanationCanBeOpenedWithTheKeyboardAndClosed() {
        try (Page page = open(1440, 900, ColorScheme.LIGHT)) {
            Locator decision = page.locator("#decisions button").first();
            decision.focus();
            page.keyboard().press("Enter");
            Locator dialog = page.getByRole(com.microsoft.playwright.options.AriaRole.DIALOG);
            assertThat(dialog).containsText("least egress, round trips and stress");
            assertThat(dialog.locator("tr.chosen")).hasCount(1);
            assertThat(dialog).containsText("Reservations");
            page.keyboard().press("Escape");
            assertThat(dialog).isHidden();
            assertThat(decision).isFocused();
        }
    }

    @Test
    void aConferencesCascadeCanBeOpened() {
        try (Page page = open(1440, 900, ColorScheme.LIGHT)) {
            page.locator("#conference-rows").getByText("all-hands").click();
            Locator graph = page.locator("#dialog .graph");
            assertThat(graph).hasAttribute("data-bridges", "3");
            assertThat(graph).hasAttribute("aria-label", Pattern.compile("Linked: jvb\\d and jvb\\d"));
            assertThat(page.locator("#dialog")).containsText("from ap-south-1");
        }
    }

    @Test
    void whatIfSaysWhereSomebodyWouldGo() {
        try (Page page = open(1440, 900, ColorScheme.LIGHT)) {
            page.locator("#what-if [name=region]").fill("eu-central-1");
            page.locator("#what-if button[type=submit]").click();
            assertThat(page.locator("#what-if-answer"))
                    .containsText(Pattern.compile("Somebody from eu-central-1 goes to jvb[34] \\(eu-central-1\\)"));
        }
    }

    @Test
    void arrowsGoFromBarToBar() {
        try (Page page = open(1440, 900, ColorScheme.LIGHT)) {
            bar(page, "jvb1").focus();
            page.keyboard().press("ArrowRight");
            assertThat(bar(page, "jvb2")).isFocused();
        }
    }

    @Test
    void everybodyCanUseItInLightAndDarkWideAndNarrow() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(1440, 400)) {
                try (Page page = open(width, 900, scheme)) {
                    Browser.assertUsableByEverybody(page);
                    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                            .as("no scrolling to the side")
                            .isLessThanOrEqualTo(width);
                    String name = "dashboard-%s-%d.png".formatted(scheme.name().toLowerCase(Locale.ROOT), width);
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of("target", name))
                            .setFullPage(true));
                    page.locator("#decisions button").first().click();
                    assertThat(page.locator("#dialog tr.chosen")).isVisible();
                    Browser.assertUsableByEverybody(page);
                }
            }
        }
    }

    @Test
    void aKilledBridgeDisappears() throws IOException {
        try (Page page = open(1440, 900, ColorScheme.LIGHT)) {
            long fastest = Long.MAX_VALUE;
            // Three times: the machine may have something else to do at the moment.
            for (int i = 0; i < 3; i++) {
                BridgeEmulator victim = site.startBridge("victim" + i, "us-east-1");
                assertThat(bar(page, "victim" + i)).hasCount(1);
                long killed = System.nanoTime();
                victim.kill();
                assertThat(bar(page, "victim" + i)).hasCount(0);
                fastest = Math.min(fastest, System.nanoTime() - killed);
                site.forget(victim);
            }
            System.out.println("A killed bridge is off the page after "
                    + Duration.ofNanos(fastest).toMillis() + " ms");
            assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static Page open(int width, int height, ColorScheme scheme) {
        Page page = browser.open("http://127.0.0.1:" + site.focus().httpPort() + "/", width, height, scheme);
        page.locator(".connection[data-state=live]").waitFor();
        page.locator("#decisions button").first().waitFor();
        page.locator("#conference-rows button").first().waitFor();
        return page;
    }

    private static Locator bar(Page page, String bridge) {
        return page.locator(".bar[aria-label^='" + bridge + ":']");
    }
}
