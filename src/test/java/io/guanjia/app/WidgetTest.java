package io.guanjia.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;

import io.guanjia.running.Gateway;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The widget on a page with a strict content security policy, in a real browser. Leaves pictures in
 * {@code target/screenshots}.
 */
class WidgetTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "screenshots");

    private static Gateway gateway;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        if (!Files.isExecutable(CHROMIUM)) {
            LoggerFactory.getLogger(WidgetTest.class)
                    .warn("SKIPPED the tests of the widget: there is no {}", CHROMIUM);
            Assumptions.abort("Chromium is not installed");
        }
        gateway = Gateway.shared();
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(CHROMIUM)
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
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            playwright.close();
        }
    }

    @Test
    void aVisitorIsServedOnADesktop() {
        serve("desktop", 1280, 800);
    }

    @Test
    void aVisitorIsServedOnAPhone() {
        serve("phone", 390, 844);
    }

    private void serve(String name, int width, int height) {
        var page = open(width, height);
        var question = "怎么还信用卡 " + name;
        page.getByRole(AriaRole.BUTTON, named("打开在线客服")).click();
        assertThat(panel(page)).isVisible();
        assertThat(panel(page)).containsText("您好，请问有什么可以帮您？");
        picture(page, "widget-" + name + "-0-open");
        say(page, question);
        assertThat(panel(page).locator(".said:not(.own) .bubble").first()).containsText("还款");
        picture(page, "widget-" + name + "-1-answered");

        say(page, "转人工 " + name);
        var samples = gateway.samples();
        assertThat(panel(page).locator(".said:not(.own)")).hasCount(2);
        var conversation =
                samples.one(
                        "select conversation_id::text from message where content ->> 'body' = '"
                                + question
                                + "'");
        var xiaoli = gateway.signedIn("xiaoli");
        xiaoli.post("/api/v1/conversations/" + conversation + "/take");

        // While it is closed the badge counts.
        page.keyboard().press("Escape");
        assertThat(panel(page)).isHidden();
        reply(xiaoli, conversation, "您好，我是小李，见 https://bank.example/help 。");
        assertThat(page.locator(".badge")).hasText("1");
        picture(page, "widget-" + name + "-2-unread");
        page.locator(".launcher").click();
        assertThat(panel(page)).containsText("我是小李");
        assertThat(panel(page).getByRole(AriaRole.LINK, in("https://bank.example/help")))
                .isVisible();
        picture(page, "widget-" + name + "-3-agent");

        // What is written while offline goes out afterwards, and the page may be loaded again.
        page.context().setOffline(true);
        panel(page).getByRole(AriaRole.TEXTBOX).fill("离线时写的");
        page.keyboard().press("Enter");
        assertThat(panel(page).locator(".own").last()).containsText("发送中");
        page.context().setOffline(false);
        page.reload();
        page.locator(".launcher").click();
        assertThat(panel(page).getByText("离线时写的")).hasCount(1);
        assertThat(panel(page).locator(".own .state")).hasCount(0);
        assertThat(panel(page)).containsText("我是小李");
        picture(page, "widget-" + name + "-4-after-reload");

        Assertions.assertThat(complaints).isEmpty();
        page.context().close();
    }

    @Test
    void speaksEnglishWhereThePageDoes() {
        var page = open(1280, 800);
        page.evaluate("document.documentElement.lang = 'en'");
        page.evaluate(
                """
                () => {
                  document.querySelector('#guanjia-widget').remove()
                  delete window.Guanjia
                  const script = document.createElement('script')
                  script.src = '/widget.js'
                  script.dataset.account = 'web'
                  document.body.append(script)
                }
                """);

        page.getByRole(AriaRole.BUTTON, named("Chat with us")).click();
        assertThat(panel(page)).containsText("Hello, how can we help you?");
        page.context().close();
    }

    @Test
    void whoLogsInKeepsWhatTheyWrote() {
        var page = open(1280, 800);
        page.locator(".launcher").click();
        say(page, "登录之前问的");
        assertThat(panel(page).locator(".said:not(.own) .bubble").first()).isVisible();

        page.evaluate("token => window.Guanjia.login(token)", token("widget-customer"));
        assertThat(panel(page).getByText("登录之前问的")).hasCount(1);
        say(page, "登录之后问的");
        assertThat(panel(page).locator(".own .state")).hasCount(0);

        page.evaluate("window.Guanjia.logout()");
        page.locator(".launcher").click();
        page.locator(".launcher").click();
        assertThat(panel(page)).containsText("您好，请问有什么可以帮您？");
        assertThat(panel(page).getByText("登录之前问的")).hasCount(0);
        page.context().close();
    }

    @Test
    void whoLogsInWithAnExpiredTokenAtFirstKeepsWhatTheyWrote() {
        var page = open(1280, 800);
        page.locator(".launcher").click();
        say(page, "登录过期之前问的");
        assertThat(panel(page).locator(".own .state")).hasCount(0);
        var expired = token("widget-late", Instant.now().minusSeconds(60));

        page.evaluate(
                "tokens => window.Guanjia.login(async () => tokens.shift())",
                List.of(expired, token("widget-late")));

        assertThat(panel(page).getByText("登录过期之前问的")).hasCount(1);
        say(page, "登录之后接着问的");
        assertThat(panel(page).locator(".own .state")).hasCount(0);
        Assertions.assertThat(thread("widget-late")).contains("登录过期之前问的", "登录之后接着问的");
        page.context().close();
    }

    @Test
    void aTokenThatComesLateIsNotTheNextOnes() {
        var page = open(1280, 800);
        page.evaluate(
                """
                ([first, second]) => {
                  const answers = []
                  const slowly = () => new Promise((answer) => answers.push(answer))
                  window.Guanjia.login(slowly)
                  window.Guanjia.logout()
                  window.Guanjia.login(slowly)
                  answers[1](second)
                  answers[0](first)
                }
                """,
                List.of(token("widget-first"), token("widget-second")));
        page.locator(".launcher").click();
        say(page, "第二位问的");
        assertThat(panel(page).locator(".own .state")).hasCount(0);

        Assertions.assertThat(thread("widget-first")).doesNotContain("第二位问的");
        Assertions.assertThat(thread("widget-second")).contains("第二位问的");
        page.context().close();
    }

    @Test
    void aVisitorWhoIsKnownNoMoreDoesNotHinderALogin() {
        var page = open(1280, 800);
        page.evaluate("localStorage.setItem('guanjia:web', '{\"visitor\":\"of-before\"}')");

        page.evaluate("token => window.Guanjia.login(token)", token("widget-stranger"));
        page.locator(".launcher").click();
        say(page, "换了钥匙之后问的");

        assertThat(panel(page).locator(".own .state")).hasCount(0);
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tabsThatBeginAtOnceAreOneVisitor(boolean withLocks) {
        var first = open(1280, 800, withLocks ? "" : "delete Navigator.prototype.locks");
        var second = anotherTab(first);
        var newcomers = new ArrayList<Route>();
        first.context().route("**/app/v1/visitors?*", newcomers::add);
        first.locator(".launcher").click();
        second.locator(".launcher").click();
        first.waitForCondition(() -> newcomers.size() == (withLocks ? 1 : 2));

        newcomers.getFirst().resume();
        say(first, "第一个标签页问的");
        assertThat(panel(first).locator(".own .state")).hasCount(0);
        newcomers.stream().skip(1).forEach(Route::resume);

        assertThat(panel(second).getByText("第一个标签页问的")).hasCount(1);
        say(second, "第二个标签页问的");
        assertThat(panel(first).getByText("第二个标签页问的")).hasCount(1);
        first.context().close();
    }

    @Test
    void aTabThatWasOpenBeforeTheFirstChatGoesOnWithIt() {
        var first = open(1280, 800);
        var second = anotherTab(first);
        first.locator(".launcher").click();
        say(first, "先在这里问");
        assertThat(panel(first).locator(".own .state")).hasCount(0);

        second.locator(".launcher").click();

        assertThat(panel(second).getByText("先在这里问")).hasCount(1);
        first.context().close();
    }

    @Test
    void whoLogsOutInOneTabLeavesNothingInTheOthers() {
        var first = open(1280, 800);
        var second = anotherTab(first);
        for (var page : List.of(first, second)) {
            page.evaluate("token => window.Guanjia.login(token)", token("tabs-logout"));
            page.locator(".launcher").click();
        }
        say(first, "只有我能看的");
        assertThat(panel(second).getByText("只有我能看的")).hasCount(1);

        first.evaluate("window.Guanjia.logout()");

        assertThat(panel(second)).containsText("您好，请问有什么可以帮您？");
        assertThat(panel(second).getByText("只有我能看的")).hasCount(0);
        say(second, "下一位问的");
        assertThat(panel(second).locator(".own .state")).hasCount(0);
        assertThat(panel(second).getByText("只有我能看的")).hasCount(0);
        first.context().close();
    }

    @Test
    void aVisitorWhoLoggedInInOneTabDoesNotComeBackInAnother() {
        var first = open(1280, 800);
        var second = anotherTab(first);
        for (var page : List.of(first, second)) {
            page.locator(".launcher").click();
        }
        say(first, "还没有登录");
        assertThat(panel(second).getByText("还没有登录")).hasCount(1);

        first.evaluate("token => window.Guanjia.login(token)", token("tabs-login"));

        assertThat(panel(second)).containsText("您好，请问有什么可以帮您？");
        assertThat(panel(first).getByText("还没有登录")).hasCount(1);
        say(second, "另一页问的");
        assertThat(panel(second).locator(".own .state")).hasCount(0);
        assertThat(panel(second).getByText("还没有登录")).hasCount(0);
        first.context().close();
    }

    @Test
    void whatTwoTabsWroteOfflineGoesOut() {
        var first = open(1280, 800);
        var second = anotherTab(first);
        var context = first.context();
        context.setOffline(true);
        for (var page : List.of(first, second)) {
            page.locator(".launcher").click();
        }
        say(first, "离线的第一页");
        say(second, "离线的第二页");
        first.close();
        second.close();

        context.setOffline(false);
        var third = at(context);
        third.locator(".launcher").click();

        assertThat(panel(third).locator(".own")).hasCount(2);
        assertThat(panel(third).locator(".own .state")).hasCount(0);
        assertThat(panel(third).getByText("离线的第一页")).hasCount(1);
        assertThat(panel(third).getByText("离线的第二页")).hasCount(1);
        context.close();
    }

    @Test
    void aBrowserThatStoresNothingServesAsLongAsThePage() {
        var page =
                open(
                        1280,
                        800,
                        """
                        const forbidden = () => { throw new DOMException('', 'SecurityError') }
                        Object.defineProperty(window, 'localStorage', { get: forbidden })
                        LockManager.prototype.request = async () => forbidden()
                        """);
        page.locator(".launcher").click();
        say(page, "怎么还信用卡");
        assertThat(panel(page).locator(".said:not(.own) .bubble").first()).containsText("还款");

        page.context().setOffline(true);
        say(page, "断网时写的");
        page.context().setOffline(false);

        assertThat(panel(page).locator(".own .state")).hasCount(0);
        assertThat(panel(page).getByText("断网时写的")).hasCount(1);
        assertThat(panel(page).getByText("怎么还信用卡")).hasCount(1);
        page.context().close();
    }

    private Page open(int width, int height) {
        return open(width, height, "");
    }

    /** In a browser that is as the script makes it. */
    private Page open(int width, int height, String script) {
        var context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, height)
                                .setLocale("zh-CN"));
        context.setDefaultTimeout(20_000);
        context.addInitScript(script);
        return at(context);
    }

    private Page anotherTab(Page page) {
        return at(page.context());
    }

    private Page at(BrowserContext context) {
        var page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")
                            && !message.text().contains("ERR_INTERNET_DISCONNECTED")) {
                        complaints.add(message.text());
                    }
                });
        page.onPageError(complaints::add);
        page.navigate(gateway.address().resolve("/widget-demo").toString());
        return page;
    }

    private static String thread(String customer) {
        return Client.customer(gateway, customer).get("messages", "").body();
    }

    private static String token(String customer) {
        return token(customer, Instant.now().plusSeconds(600));
    }

    private static String token(String customer, Instant until) {
        return Client.token(customer, until, Gateway.LOGIN_KEY);
    }

    private static Locator panel(Page page) {
        return page.locator(".panel");
    }

    private static void say(Page page, String words) {
        panel(page).getByRole(AriaRole.TEXTBOX).fill(words);
        page.keyboard().press("Enter");
        assertThat(panel(page).locator(".own").getByText(words)).isVisible();
    }

    private static void reply(io.guanjia.running.Browser agent, String conversation, String words) {
        agent.post(
                "/api/v1/conversations/" + conversation + "/messages",
                Map.of(
                        "clientId",
                        java.util.UUID.randomUUID().toString(),
                        "content",
                        Map.of("type", "text", "body", words)));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions in(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
