package io.guanjia.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a new user does first, in a real browser: write on the phone page, be answered by the bot,
 * ask for a person, be answered from the desk, be handed back. Leaves pictures in {@code
 * target/screenshots}.
 */
class BrowserTest {

    private static final String WIDER_THAN_THE_SCREEN =
            "() => document.documentElement.scrollWidth > window.innerWidth";

    @TempDir static Path folder;
    private static Spine spine;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        Chromium.require(BrowserTest.class);
        spine = Spine.start(folder);
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (spine != null) {
            chromium.close();
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

    /** On a small screen the list of customers is a page of its own, behind the chat. */
    @Test
    void aCustomersPageFitsOnAPhone() {
        spine.wechat().customer("小屏幕");
        var phone = chromium.open(spine.sandbox(), 390, 844);
        phone.locator(".nav-back").click();
        Chromium.picture(phone, "phone-8-customers");
        phone.getByText("小屏幕").first().click();
        say(phone, "怎么还信用卡");
        assertThat(bubble(phone, "还款").first()).isInViewport();
        assertThat(phone.getByPlaceholder("说点什么…")).isInViewport();
        assertThat(phone.locator(".list")).isHidden();
        assertThat(phone.evaluate(WIDER_THAN_THE_SCREEN)).isEqualTo(false);
        Chromium.picture(phone, "phone-9-phone-page");
        phone.context().close();
    }

    private void goAllTheWay(String customer, int width, int height, String name) {
        spine.wechat().customer(customer);
        // The customer's phone stands beside the desk, whose size is what changes here.
        var phone = chromium.open(spine.sandbox(), 1440, 900);
        phone.getByText(customer).first().click();
        say(phone, "怎么还信用卡");
        Chromium.picture(phone, name + "-0-phone-page");
        assertThat(bubble(phone, "还款").first()).isVisible();
        say(phone, "转人工");
        assertThat(
                        phone.locator(".stack:not(.own)")
                                .getByText(Pattern.compile("转接人工客服|客服暂时都不在|客服刚好都走开了|不在服务时间")))
                .isVisible();
        Chromium.picture(phone, name + "-1-phone-page");

        var desk = chromium.open(spine.address(), width, height);
        desk.getByLabel("用户名").fill(Spine.AGENT);
        desk.getByLabel("密码").fill("wrong");
        desk.getByRole(AriaRole.BUTTON, named("登录")).click();
        assertThat(desk.getByText("用户名或密码不正确")).isVisible();
        Chromium.picture(desk, name + "-2-sign-in-refused");
        desk.getByLabel("密码").fill(Spine.PASSWORD);
        desk.getByRole(AriaRole.BUTTON, named("登录")).click();

        desk.locator("[data-conversation]").first().click();
        Chromium.picture(desk, name + "-3-waiting");
        desk.getByRole(AriaRole.BUTTON, named("接入")).click();
        var field = desk.getByLabel("回复客户").last();
        field.fill(customer + "您好，我来为您查询。");
        field.press("Enter");
        assertThat(bubble(phone, "我来为您查询")).isVisible();
        Chromium.picture(desk, name + "-4-answered");
        Chromium.picture(phone, name + "-5-phone-page");

        desk.getByLabel("交还机器人").first().click();
        assertThat(bubble(phone, "智能助手继续为您服务")).isVisible();
        say(phone, "怎么还信用卡");
        assertThat(bubble(phone, "还款").nth(1)).isVisible();
        Chromium.picture(phone, name + "-6-the-bot-again");
        Chromium.picture(desk, name + "-7-handed-back");
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
}
