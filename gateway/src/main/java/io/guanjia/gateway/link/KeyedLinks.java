package io.guanjia.gateway.link;

import io.guanjia.gateway.downgrade.ShortLink;
import io.guanjia.gateway.downgrade.ShortLinks;
import io.guanjia.gateway.media.LinkKey;
import io.guanjia.gateway.media.MediaSettings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names short links. A code is the start of an HMAC of the page's address, so the same card has the
 * same one however often it is sent, and only we know which code stands for a page.
 *
 * <p>There are 58¹⁰ codes, some 2⁵⁸: where we have a million links, whoever guesses hits one in 2³⁸
 * tries, and in one of eight hundred thousand such houses two pages share a code.
 */
final class KeyedLinks implements ShortLinks {

    static final String PATH = "/l/";

    /** Without 0 and O, I and l: somebody may have to type it from a short message. */
    private static final String ALPHABET =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private static final int LENGTH = 10;
    private static final Pattern CODE = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

    /** Links to files are signed with the same key: this keeps the two apart. */
    private static final String PURPOSE = "page ";

    private final MediaSettings settings;

    KeyedLinks(MediaSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<ShortLink> to(String url) {
        return isPage(url)
                ? settings.signing().flatMap(key -> link(code(key, url), url))
                : Optional.empty();
    }

    /** Whether this may be a code of ours. */
    static boolean isCode(String code) {
        return CODE.matcher(code).matches();
    }

    private Optional<ShortLink> link(String code, String url) {
        return settings.published(PATH + code)
                .map(address -> new ShortLink(code, address.toString(), url))
                .filter(link -> link.address().length() < url.length());
    }

    /** Browsers are told where to go in a header, which takes well-formed addresses only. */
    private static boolean isPage(String url) {
        try {
            var address = new URI(url);
            var scheme = address.getScheme();
            return ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
                    && address.getHost() != null;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private static String code(LinkKey key, String url) {
        var signature = key.sign((PURPOSE + url).getBytes(StandardCharsets.UTF_8));
        var rest = ByteBuffer.wrap(signature).getLong();
        var code = new StringBuilder(LENGTH);
        for (var i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt((int) Long.remainderUnsigned(rest, ALPHABET.length())));
            rest = Long.divideUnsigned(rest, ALPHABET.length());
        }
        return code.toString();
    }
}
