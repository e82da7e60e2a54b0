package io.guanjia.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a new user does first, in a real browser: write on the phone page, be answered by the bot,
 * ask for a person, be answered from the desk, be handed back. Leaves pictures in {@code
 * target/screenshots}.
 */
class BrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "screenshots");

    @TempDir static Path folder;
    private static Spine spine;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() {
        if (!Files.isExecutable(CHROMIUM)) {
            LoggerFactory.getLogger(BrowserTest.class)
                    .warn("SKIPPED the browser tests: there is no {}", CHROMIUM);
            Assumptions.abort("Chromium is not installed");
        }
        spine = Spine.start(folder);
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
        if (spine != null) {
            browser.close();
            playwright.close();
            spine.close();
        }
    }

    @Test
    void aNewUserGoesAllTheWayOnADesktop() {
        goAllTheWay("李雷", 1440, 900, "desktop");
    }

    @Test
    void aNewUserGoesAllTheWayOnAPhone() {
        goAllTheWay("韩梅梅", 390, 844, "phone");
    }

    private void goAllTheWay(String customer, int width, int height, String name) {
        spine.wechat().customer(customer);
        // The customer's phone stands beside the desk, whose size is what changes here.
        var phone = open(spine.sandbox(), 1440, 900);
        phone.getByText(customer).first().click();
        say(phone, "怎么还信用卡");
        picture(phone, name + "-0-phone-page");
        assertThat(bubble(phone, "还款").first()).isVisible();
        say(phone, "转人工");
        assertThat(
                        phone.locator(".stack:not(.own)")
                                .getByText(Pattern.compile("转接人工客服|客服暂时都不在|不在服务时间")))
                .isVisible();
        picture(phone, name + "-1-phone-page");

        var desk = open(spine.address(), width, height);
        desk.getByLabel("用户名").fill(Spine.AGENT);
        desk.getByLabel("密码").fill("wrong");
        desk.getByRole(AriaRole.BUTTON, named("登录")).click();
        assertThat(desk.getByText("用户名或密码不正确")).isVisible();
        picture(desk, name + "-2-sign-in-refused");
        desk.getByLabel("密码").fill(Spine.PASSWORD);
        desk.getByRole(AriaRole.BUTTON, named("登录")).click();

        desk.locator("[data-conversation]").first().click();
        picture(desk, name + "-3-waiting");
        desk.getByRole(AriaRole.BUTTON, named("接入")).click();
        var field = desk.getByLabel("回复客户").last();
        field.fill(customer + "您好，我来为您查询。");
        field.press("Enter");
        assertThat(bubble(phone, "我来为您查询")).isVisible();
        picture(desk, name + "-4-answered");
        picture(phone, name + "-5-phone-page");

        desk.getByLabel("交还机器人").first().click();
        assertThat(bubble(phone, "智能助手继续为您服务")).isVisible();
        say(phone, "怎么还信用卡");
        assertThat(bubble(phone, "还款").nth(1)).isVisible();
        picture(phone, name + "-6-the-bot-again");
        picture(desk, name + "-7-handed-back");
        phone.context().close();
        desk.context().close();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator bubble(Page phone, String words) {
        return phone.locator(".stack:not(.own)").getByText(words);
    }

    private static void say(Page phone, String words) {
        var field = phone.getByPlaceholder("说点什么…");
        field.fill(words);
        field.press("Enter");
        assertThat(phone.locator(".stack.own").getByText(words).last()).isVisible();
    }

    private static Page open(URI address, int width, int height) {
        var context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, height)
                                .setLocale("zh-CN"));
        context.setDefaultTimeout(20_000);
        var page = context.newPage();
        page.navigate(address.toString());
        return page;
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
