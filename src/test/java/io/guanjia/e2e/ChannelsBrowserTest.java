package io.guanjia.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * An administrator adds an account in the console, in a real browser, and a customer is answered
 * through it. Leaves pictures in {@code target/screenshots}.
 */
class ChannelsBrowserTest {

    private static final String KEY =
            Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.UTF_8));

    @TempDir static Path folder;
    private static Spine spine;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        Chromium.require(ChannelsBrowserTest.class);
        spine =
                Spine.start(
                        folder,
                        UnaryOperator.identity(),
                        Map.of(
                                "guanjia.security.encryption-keys[0].id", "test",
                                "guanjia.security.encryption-keys[0].key", KEY,
                                "guanjia.security.users[1].username", "admin",
                                "guanjia.security.users[1].name", "管理员",
                                "guanjia.security.users[1].password", Spine.PASSWORD,
                                "guanjia.security.users[1].roles", "administrator",
                                "guanjia.security.users[2].username", "zhuguan",
                                "guanjia.security.users[2].name", "王主管",
                                "guanjia.security.users[2].password", Spine.PASSWORD,
                                "guanjia.security.users[2].roles", "supervisor"));
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
    void anAccountAddedInTheConsoleServesCustomersAtOnce() {
        var page = signedIn("admin", 1440, 900);
        assertThat(page.getByRole(AriaRole.HEADING, heading("渠道"))).isVisible();
        assertThat(account(page, "demo")).containsText("配置文件");
        Chromium.picture(page, "channels-desktop-0-accounts");

        add(page, "second", "wrong key");
        assertThat(page.getByText("须为 43 位字母或数字")).isVisible();
        Chromium.picture(page, "channels-desktop-1-refused");
        var platform = spine.wechat().settings();
        page.getByLabel("消息加解密密钥(EncodingAESKey)").fill(Objects.requireNonNull(platform.aesKey()));
        save(page);
        assertThat(account(page, "second")).containsText("还没有收到过消息");
        Chromium.picture(page, "channels-desktop-2-added");

        var here = spine.callbackAddresses();
        spine.wechat()
                .change(platform.calledBackAt(spine.address().resolve("/callbacks/wechat/second")));
        var customer = spine.wechat().customer("新客");
        customer.says("怎么还信用卡");
        customer.awaitSees(1, Duration.ofSeconds(20));
        page.reload();
        assertThat(account(page, "second")).containsText("正常。");
        spine.wechat().change(platform.calledBackAt(here.toArray(java.net.URI[]::new)));

        page.getByRole(AriaRole.BUTTON, button("能力")).click();
        assertThat(page.getByText("2048 字节")).isVisible();
        Chromium.picture(page, "channels-desktop-3-capabilities");

        page.getByRole(AriaRole.BUTTON, button("账号")).click();
        account(page, "second").getByRole(AriaRole.BUTTON, in("修改")).click();
        assertThat(page.getByLabel("开发者密码(AppSecret)")).hasValue("");
        assertThat(page.getByText("留空则不变").first()).isVisible();
        Chromium.picture(page, "channels-desktop-4-edit");
        page.getByRole(AriaRole.BUTTON, button("取消")).click();

        account(page, "second").getByRole(AriaRole.BUTTON, in("停用")).click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("停用")).click();
        assertThat(account(page, "second")).containsText("已停用，不收也不发。");
        account(page, "second").getByRole(AriaRole.BUTTON, in("删除")).click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("删除")).click();
        assertThat(account(page, "second")).hasCount(0);
        page.context().close();
    }

    @Test
    void channelsFitOnAPhoneAndASupervisorOnlyLooks() {
        var page = signedIn("zhuguan", 390, 844);

        assertThat(account(page, "demo")).isVisible();
        assertThat(page.getByText("账号由管理员维护")).isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, button("添加账号"))).hasCount(0);
        Chromium.picture(page, "channels-phone-0-accounts");
        page.getByRole(AriaRole.BUTTON, button("能力")).click();
        assertThat(page.getByText("2048 字节")).isVisible();
        Chromium.picture(page, "channels-phone-1-capabilities");
        page.getByLabel("王主管，账号与设置").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("会话台")).click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("会话台"))).isVisible();
        page.context().close();

        var administrator = signedIn("admin", 390, 844);
        administrator.getByRole(AriaRole.BUTTON, button("添加微信公众号账号")).click();
        assertThat(administrator.getByLabel("开发者ID(AppID)")).isVisible();
        Chromium.picture(administrator, "channels-phone-2-add");
        administrator.context().close();
    }

    private static void add(Page page, String name, String aesKey) {
        var platform = spine.wechat().settings();
        page.getByRole(AriaRole.BUTTON, button("添加微信公众号账号")).click();
        page.getByLabel("名称").fill(name);
        page.getByLabel("开发者ID(AppID)").fill(platform.appId());
        page.getByLabel("开发者密码(AppSecret)").fill(platform.secret());
        page.getByLabel("令牌(Token)").fill(platform.token());
        page.getByLabel("消息加解密密钥(EncodingAESKey)").fill(aesKey);
        page.getByLabel("接口地址").fill(spine.sandbox().resolve("/wechat").toString());
        save(page);
    }

    private static void save(Page page) {
        page.getByRole(AriaRole.BUTTON, button("保存并生效")).click();
    }

    private Page signedIn(String username, int width, int height) {
        var page = chromium.open(spine.address().resolve("/channels"), width, height);
        Chromium.signIn(page, username, Spine.PASSWORD);
        return page;
    }

    private static Locator account(Page page, String name) {
        return page.getByRole(
                AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Page.GetByRoleOptions button(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Page.GetByRoleOptions heading(String name) {
        return new Page.GetByRoleOptions().setName(name).setLevel(1);
    }

    private static Locator.GetByRoleOptions in(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
