package io.guanjia.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

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
        var page = chromium.open(spine.sandbox(), 390, 844);
        var phone = Phone.on(page);
        page.locator(".nav-back").click();
        Chromium.picture(page, "phone-8-customers");
        page.getByText("小屏幕").first().click();
        phone.says("怎么还信用卡");
        assertThat(phone.heard("还款").first()).isInViewport();
        assertThat(phone.field()).isInViewport();
        assertThat(page.locator(".list")).isHidden();
        assertThat(page.evaluate(WIDER_THAN_THE_SCREEN)).isEqualTo(false);
        Chromium.picture(page, "phone-9-phone-page");
        page.context().close();
    }

    private void goAllTheWay(String customer, int width, int height, String name) {
        spine.wechat().customer(customer);
        // The customer's phone stands beside the desk, whose size is what changes here.
        var page = chromium.open(spine.sandbox(), 1440, 900);
        var phone = Phone.on(page);
        page.getByText(customer).first().click();
        phone.says("怎么还信用卡");
        Chromium.picture(page, name + "-0-phone-page");
        assertThat(phone.heard("还款").first()).isVisible();
        phone.says("转人工");
        assertThat(phone.received().getByText(Pattern.compile("转接人工客服|客服暂时都不在|客服刚好都走开了|不在服务时间")))
                .isVisible();
        Chromium.picture(page, name + "-1-phone-page");

        var desk = chromium.open(spine.address(), width, height);
        Chromium.signIn(desk, Spine.AGENT, "wrong");
        assertThat(desk.getByText("用户名或密码不正确")).isVisible();
        Chromium.picture(desk, name + "-2-sign-in-refused");
        Chromium.signIn(desk, Spine.AGENT, Spine.PASSWORD);

        desk.locator("[data-conversation]").first().click();
        Chromium.picture(desk, name + "-3-waiting");
        desk.getByRole(AriaRole.BUTTON, named("接入")).click();
        var field = desk.getByLabel("回复客户").last();
        field.fill(customer + "您好，我来为您查询。");
        field.press("Enter");
        assertThat(phone.heard("我来为您查询")).isVisible();
        Chromium.picture(desk, name + "-4-answered");
        Chromium.picture(page, name + "-5-phone-page");

        desk.getByLabel("交还机器人").first().click();
        assertThat(phone.heard("智能助手继续为您服务")).isVisible();
        phone.says("怎么还信用卡");
        assertThat(phone.heard("还款").nth(1)).isVisible();
        Chromium.picture(page, name + "-6-the-bot-again");
        Chromium.picture(desk, name + "-7-handed-back");
        page.context().close();
        desk.context().close();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
