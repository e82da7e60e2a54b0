package io.guanjia.gateway.conversation;

import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words by which somebody refuses further messages, where we write to whoever has consented.
 * 通信短信息服务管理规定 (工信部令第31号) wants an easy way to refuse in every commercial message, and an end of
 * them once it is used; in practice that is 拒收请回复R, 回T退订 or TD.
 */
final class OptOuts {

    private static final Set<String> WORDS =
            Set.of(
                    "R",
                    "T",
                    "TD",
                    "N",
                    "QX",
                    "0000",
                    "00000",
                    "退订",
                    "拒收",
                    "拒绝",
                    "取消订阅",
                    "不再接收",
                    "STOP",
                    "UNSUBSCRIBE");

    /** What people put around a word: quotation marks, a full stop. */
    private static final Pattern AROUND = Pattern.compile("^[\\s\\p{P}]+|[\\s\\p{P}]+$");

    private final Channels channels;

    OptOuts(Channels channels) {
        this.channels = channels;
    }

    /**
     * Whether all that a message says is one of the words, in full width or half, in capitals or
     * not. Elsewhere a letter is a letter.
     */
    boolean isOne(InboundMessage message) {
        return message.content() instanceof Content.Text(var words)
                && WORDS.contains(bare(words))
                && channels.findAccount(message.from().channel(), message.from().account())
                        .filter(
                                account ->
                                        account.capabilities().initiative() == Initiative.CONSENT)
                        .isPresent();
    }

    private static String bare(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return AROUND.matcher(plain).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
