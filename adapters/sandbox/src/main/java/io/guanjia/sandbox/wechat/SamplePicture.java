package io.guanjia.sandbox.wechat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What customers send where the page has no picture of theirs: a blue umbrella. */
public final class SamplePicture {

    private static final byte[] PNG = read();

    private SamplePicture() {}

    /** A PNG file. */
    public static byte[] bytes() {
        return PNG.clone();
    }

    /** Sends it, so that the account can fetch it; returns its media id. */
    static String keptBy(WechatAccount account) {
        return account.media().keep("image", "image/png", "umbrella.png", PNG).id();
    }

    private static byte[] read() {
        try (var file = SamplePicture.class.getResourceAsStream("umbrella.png")) {
            return Objects.requireNonNull(file, "umbrella.png").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
