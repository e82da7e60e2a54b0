package io.guanjia.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.wechat.Customer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/**
 * The phones of all platforms side by side, in a real browser. Leaves pictures in {@code
 * target/screenshots}.
 */
class PhonesBrowserTest {

    private static final String AT_THE_END =
            """
            () => {
              const it = document.querySelector('.screen');
              return [...document.images].every((one) => one.complete)
                && it.scrollHeight > it.clientHeight
                && it.scrollHeight - it.scrollTop - it.clientHeight < 2;
            }
            """;

    @TempDir static Path folder;
    private static Spine spine;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        Chromium.require(PhonesBrowserTest.class);
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

    @AfterEach
    void mend() {
        spine.wechat().faults().clear();
    }

    @Test
    void oneWritesOnWhileTheGatewayIsSlow() {
        var page = phoneOf(spine.wechat().customer("急性子"));
        spine.wechat()
                .faults()
                .add(Fault.always("callbacks", new Effect.Delay(Duration.ofSeconds(2))));

        Phone.on(page).types("在吗");
        Phone.on(page).types("怎么还信用卡");
        Phone.on(page).types("你好");

        assertThat(page.locator(".line.own")).containsText(new String[] {"在吗", "怎么还信用卡", "你好"});
        assertThat(Phone.on(page).field()).hasValue("");
        Chromium.picture(page, "phones-desktop-0-slow");
        page.context().close();
    }

    @Test
    void whatIsNewStaysWhenAnOlderAnswerComesLate() {
        var page = phoneOf(spine.wechat().customer("慢网络"));
        var held = new ArrayList<Held>();
        page.route(
                "**/sandbox/api/phone/wechat/demo/customers/*",
                route -> {
                    if (held.isEmpty()) {
                        held.add(new Held(route, route.fetch()));
                    } else {
                        route.resume();
                    }
                });

        Phone.on(page).types("怎么还信用卡");
        assertThat(Phone.on(page).heard("还款").first()).isVisible();
        held.getFirst().letGo();

        // The page has worked on everything before what it asks for now.
        page.evaluate("async () => { await (await fetch('/sandbox/api/clock')).text() }");
        assertThat(Phone.on(page).heard("还款").first().isVisible()).isTrue();
        page.context().close();
    }

    @Test
    void theReaderIsLeftAloneAndTheFirstPhoneIsWhole() {
        var customer = spine.wechat().customer("读者");
        var page = phoneOf(customer);
        Phone.on(page).types("怎么还信用卡");
        assertThat(Phone.on(page).heard("还款").first()).isVisible();
        page.locator(".line.own").first().evaluate("line => { line.dataset.seen = 'yes' }");

        customer.says("你好");
        await().atMost(Duration.ofSeconds(20)).until(() -> page.locator(".line.own").count() == 2);
        assertThat(page.locator("[data-seen=yes]").count()).isOne();

        assertThat(page.locator(".handset").first().boundingBox().x).isGreaterThanOrEqualTo(16);
        Chromium.picture(page, "phones-desktop-1-answered");
        page.setViewportSize(390, 844);
        Chromium.picture(page, "phones-phone-0-answered");
        page.context().close();
    }

    @Test
    void theEndStaysInSightWhenPicturesAboveItComeLate() {
        var customer = spine.wechat().customer("摄影师");
        var page = phoneOf(customer);
        for (var picture = 1; picture <= 3; picture++) {
            page.getByText("发图片").click();
            assertThat(page.locator("img.picture")).hasCount(picture);
        }
        page.context().close();

        var later = chromium.open(spine.sandbox().resolve("/phones"), 390, 500);
        var pictures = new ArrayList<Route>();
        later.route(
                "**/*",
                route -> {
                    if (route.request().resourceType().equals("image")) {
                        pictures.add(route);
                    } else {
                        route.resume();
                    }
                });
        later.locator(".who select").selectOption(customer.openId());
        assertThat(later.locator("img.picture")).hasCount(3);
        pictures.forEach(Route::resume);
        later.unroute("**/*");
        await().atMost(Duration.ofSeconds(20)).until(() -> (boolean) later.evaluate(AT_THE_END));
        later.context().close();
    }

    /** A call of the page that has an answer which the page has not heard yet. */
    private record Held(Route route, APIResponse answer) {
        void letGo() {
            route.fulfill(new Route.FulfillOptions().setResponse(answer));
        }
    }

    private static Page phoneOf(Customer customer) {
        var page = chromium.open(spine.sandbox().resolve("/phones"), 1440, 900);
        page.locator(".who select").selectOption(customer.openId());
        return page;
    }
}
