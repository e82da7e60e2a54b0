package io.guanjia.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The machine's Chromium, for tests of pages. Pictures go to {@code target/screenshots}. */
final class Chromium implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Chromium.class);
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final double PATIENCE_MILLIS = 20_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips the tests where there is none. To be called before anything else is started. */
    static void require(Class<?> test) {
        if (!Files.isExecutable(PROGRAM)) {
            LoggerFactory.getLogger(test)
                    .warn("SKIPPED the browser tests: there is no {}", PROGRAM);
            Assumptions.abort("Chromium is not installed");
        }
    }

    static Chromium start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        var playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(PROGRAM)
                                        .setArgs(
                                                List.of(
                                                        "--headless",
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--disable-quic",
                                                        "--no-first-run",
                                                        "--disable-background-networking",
                                                        "--disable-component-update",
                                                        "--disable-sync")));
        return new Chromium(playwright, browser);
    }

    /** In a window of its own, where nobody has signed in. */
    Page open(URI address, int width, int height) {
        var context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, height)
                                .setLocale("zh-CN"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        var page = context.newPage();
        logProblems(page);
        page.navigate(address.toString());
        return page;
    }

    /** On any page of the console; fills in the form and sends it. */
    static void signIn(Page page, String username, String password) {
        page.getByLabel("用户名").fill(username);
        page.getByLabel("密码").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("登录").setExact(true))
                .click();
    }

    /** A test that fails says what it missed; why, the page knows. */
    private static void logProblems(Page page) {
        page.onPageError(error -> log.warn("A page broke: {}", error));
        page.onRequestFailed(
                request ->
                        log.warn(
                                "A page's call of {} failed: {}",
                                path(request.url()),
                                request.failure()));
        page.onResponse(
                response -> {
                    if (response.status() >= 400) {
                        log.warn(
                                "A page's call of {} got {}",
                                path(response.url()),
                                response.status());
                    }
                });
    }

    private static String path(String address) {
        return URI.create(address).getPath();
    }

    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
