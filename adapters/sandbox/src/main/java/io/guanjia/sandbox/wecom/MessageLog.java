package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.US_ASCII;

import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in the chats of one account, as the server reads it: for three days, by cursor.
 * Safe for use by several threads.
 */
final class MessageLog {

    static final int MOST = 1000;

    private static final Duration KEPT = Duration.ofDays(3);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    /** The platform only says that it is strict. */
    private static final int WITHOUT_TOKEN_PER_MINUTE = 60;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Instant> tokens = new HashMap<>();
    private long numbers;
    private long cameBackFrom;
    private int emptyPages;
    private Instant minute = Instant.EPOCH;
    private int withoutToken;

    MessageLog(Clock clock) {
        this.clock = clock;
        // Larger than those of an earlier run, whose cursor the server may still have.
        this.numbers = clock.millis();
    }

    private record Entry(long number, Instant at, ObjectNode item) {}

    /** A page of entries. */
    record Page(List<ObjectNode> items, String nextCursor, boolean more) {}

    synchronized void add(ObjectNode item) {
        entries.add(new Entry(++numbers, clock.instant(), item));
    }

    /** What a callback brings; good for ten minutes. */
    synchronized String newToken() {
        var random = new byte[24];
        RANDOM.nextBytes(random);
        var token = "ENC" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        tokens.values().removeIf(until -> !clock.instant().isBefore(until));
        tokens.put(token, clock.instant().plus(TOKEN_LIFE));
        return token;
    }

    /**
     * The entries after a cursor.
     *
     * @param cursor empty for the oldest there are
     * @param token empty for none
     */
    synchronized Page page(String cursor, String token, int limit) {
        requireToken(token);
        var after = number(cursor);
        cameBackFrom = Math.max(cameBackFrom, after);
        var oldest = clock.instant().minus(KEPT);
        entries.removeIf(entry -> entry.at.isBefore(oldest));
        if (emptyPages > 0) {
            emptyPages--;
            return new Page(List.of(), cursor(after, true), true);
        }
        var page = entries.stream().filter(entry -> entry.number > after).limit(limit).toList();
        var last = page.isEmpty() ? after : page.getLast().number;
        var more = !entries.isEmpty() && entries.getLast().number > last;
        return new Page(page.stream().map(Entry::item).toList(), cursor(last, false), more);
    }

    /** How many entries lie behind the furthest cursor that the server has come with. */
    synchronized long notComeBackFrom() {
        return entries.stream().filter(entry -> entry.number > cameBackFrom).count();
    }

    /** The next so many pages are empty although there is more. */
    synchronized void emptyPages(int count) {
        emptyPages = count;
    }

    synchronized void clear() {
        entries.clear();
        tokens.clear();
        emptyPages = 0;
        withoutToken = 0;
    }

    private void requireToken(String token) {
        var now = clock.instant();
        if (token.isEmpty()) {
            // Also where the clock was set back, or the minute would not end for as long.
            if (Duration.between(minute, now).abs().toSeconds() >= 60) {
                minute = now;
                withoutToken = 0;
            }
            if (++withoutToken > WITHOUT_TOKEN_PER_MINUTE) {
                throw new CorpRefusal(CorpError.TOO_FREQUENT);
            }
            return;
        }
        var until = tokens.get(token);
        if (until == null || !now.isBefore(until)) {
            throw new CorpRefusal(CorpError.INVALID_CALLBACK_TOKEN);
        }
    }

    /** Opaque to callers; the mark tells an empty page's from the one before it. */
    private static String cursor(long number, boolean marked) {
        var text = (marked ? "e" : "c") + number;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
    }

    private static long number(String cursor) {
        if (cursor.isEmpty()) {
            return 0;
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), US_ASCII);
            return Long.parseLong(text.substring(1));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new CorpRefusal(CorpError.INVALID_ARGUMENT);
        }
    }
}
