package io.guanjia.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** A phone on a page of the sandbox, as its owner uses it. */
final class Phone {

    private final Locator frame;

    private Phone(Locator frame) {
        this.frame = frame;
    }

    /** The only one there is. */
    static Phone on(Page page) {
        return new Phone(page.locator("body"));
    }

    /** The one of this channel among several. */
    static Phone on(Page page, String channel) {
        return new Phone(
                page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(channel).setExact(true)));
    }

    Locator frame() {
        return frame;
    }

    Locator field() {
        return frame.getByPlaceholder("说点什么…");
    }

    /** Types and sends, and does not look whether it went. */
    void types(String words) {
        field().fill(words);
        field().press("Enter");
    }

    /** Types and sends, and waits until it shows. */
    void says(String words) {
        types(words);
        assertThat(frame.locator(".stack.own").getByText(words).last()).isVisible();
    }

    /** What came and holds these words, oldest first. */
    Locator heard(String words) {
        return received().getByText(words);
    }

    Locator received() {
        return frame.locator(".stack:not(.own)");
    }
}
