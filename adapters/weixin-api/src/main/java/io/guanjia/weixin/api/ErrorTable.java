package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.DeliveryException;

import me.chanjar.weixin.common.error.WxMpErrorMsgEnum;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What the platform's error codes mean to one product. Starts from those that mean the same to all
 * (微信开放文档, 全局返回码说明); a product adds its own and overrides what it means differently.
 */
public final class ErrorTable {

    private static final Map<Integer, Meaning> SHARED = new HashMap<>();

    static {
        put(SHARED, Meaning.BUSY, -1);
        put(SHARED, Meaning.STALE_TOKEN, 40001, 40014, 42001);
        put(SHARED, Meaning.WRONG_APP_ID, 40013, 41002);
        // The secret is wrong, missing or frozen; our address is not in IP白名单; the account is
        // banned.
        put(SHARED, Meaning.ACCOUNT_BLOCKED, 40125, 41004, 40243);
        put(SHARED, Meaning.ACCOUNT_BLOCKED, 40164, 61004);
        put(SHARED, Meaning.ACCOUNT_BLOCKED, 50004, 50007);
        put(SHARED, Meaning.API_BLOCKED, 48001, 48004, 48006, 50001, 50002);
        put(SHARED, Meaning.DAILY_QUOTA, 45009);
        put(SHARED, Meaning.TOO_FAST, 45011);
        put(SHARED, Meaning.WINDOW_CLOSED, 45015, 45047);
        put(SHARED, Meaning.UNREACHABLE, 40003, 46004, 48002);
        put(SHARED, Meaning.MEDIA_GONE, 40007);
        put(SHARED, Meaning.TYPING_MOOT, 45080, 45081);
        // Malformed, too long or empty.
        put(SHARED, Meaning.REFUSED, 40008, 40033, 40037, 40097, 41030, 44001, 44002, 44003, 44004);
        put(SHARED, Meaning.REFUSED, 45001, 45002, 45003, 45004, 45007, 45008, 45072, 47001, 47003);
        // Not agreed to, on our own blacklist, wrongly signed, or we left the token out.
        put(SHARED, Meaning.REFUSED, 43101, 43019, 87009, 41001);
        put(SHARED, Meaning.UNSAFE, 87014);
    }

    private final IntFunction<@Nullable String> words;
    private final Map<Integer, Meaning> meanings;

    private ErrorTable(IntFunction<@Nullable String> words, Map<Integer, Meaning> meanings) {
        this.words = words;
        this.meanings = meanings;
    }

    /**
     * The shared part of the table.
     *
     * @param words what a code says to people, null where nobody wrote it down
     */
    public static ErrorTable shared(IntFunction<@Nullable String> words) {
        return new ErrorTable(words, Map.copyOf(SHARED));
    }

    /** The same table, in which these codes mean that. */
    public ErrorTable with(Meaning meaning, int... codes) {
        var more = new HashMap<>(meanings);
        put(more, meaning, codes);
        return new ErrorTable(words, Map.copyOf(more));
    }

    public Meaning of(int code) {
        return meanings.getOrDefault(code, Meaning.REFUSED);
    }

    /** Whether a code was met before; one that was not counts as {@link Meaning#REFUSED}. */
    public boolean knows(int code) {
        return meanings.containsKey(code);
    }

    /** The code and its meaning. The platform's own words are left out: they can hold an openid. */
    public String describe(int code) {
        var own = words.apply(code);
        var said = own == null ? WxMpErrorMsgEnum.findMsgByCode(code) : own;
        return said == null ? "errcode " + code : "errcode " + code + " " + said;
    }

    /** Every code that is in it. */
    public Set<Integer> codes() {
        return meanings.keySet();
    }

    DeliveryException toException(Api api, int code, Instant now) {
        return of(code).toException(api, describe(code), now);
    }

    private static void put(Map<Integer, Meaning> table, Meaning meaning, int... codes) {
        for (var code : codes) {
            table.put(code, meaning);
        }
    }
}
