package io.guanjia.adapters.wecom.kf;

import static io.guanjia.adapters.wecom.kf.ItemReader.text;

import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.CorpError;
import io.guanjia.adapters.wecom.CorpRefusal;
import io.guanjia.gateway.channel.Cursors;
import io.guanjia.gateway.channel.Cursors.Turn;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.message.Inbound;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Reads what customers of one account wrote, to its end. A page goes to the journal first and the
 * cursor moves second: whatever happens in between, the page comes once more and has no second
 * effect. Source: 企业微信开发者中心, 读取消息 (94670).
 */
final class StreamReading implements Cursors.Reading {

    static final String PATH = "kf/sync_msg";

    /** The most that the platform gives. */
    private static final int LIMIT = 1000;

    private static final int AMR = 0;

    private static final int TRIES = 5;

    private final WecomKfAccount account;
    private final CorpApi api;
    private final Intake intake;
    private final Clock clock;
    private final ItemReader items;

    StreamReading(WecomKfAccount account, CorpApi api, Intake intake, Clock clock) {
        this.account = account;
        this.api = api;
        this.intake = intake;
        this.clock = clock;
        this.items = new ItemReader(account.name());
    }

    /**
     * Where we are.
     *
     * @param token what came with the callback, as long as the platform takes it
     */
    private record Place(Turn turn, @Nullable String token) {

        /** Leaves out the token. */
        @Override
        public String toString() {
            return "Place[" + turn.cursor() + "]";
        }
    }

    @Override
    public Mono<Void> readOn(Turn turn) {
        return Mono.just(new Place(turn, turn.hint())).expand(this::page).then();
    }

    /** Takes one page; emits where to go on, nothing at the end. */
    private Mono<Place> page(Place place) {
        return fetch(place)
                .flatMap(
                        fetched ->
                                keep(fetched.answer, place.turn)
                                        .then(Mono.defer(() -> moved(fetched, place))));
    }

    private record Fetched(JsonNode answer, @Nullable String token) {

        /** Leaves out the token, and what customers said. */
        @Override
        public String toString() {
            return "Fetched[" + answer.size() + " fields]";
        }
    }

    /** Without a token the platform is stricter, so one is given as long as it is good. */
    private Mono<Fetched> fetch(Place place) {
        return call(place.turn.cursor(), place.token)
                .map(answer -> new Fetched(answer, place.token))
                .onErrorResume(
                        error -> is(error, CorpError.STALE_CALLBACK_TOKEN) && place.token != null,
                        error ->
                                call(place.turn.cursor(), null)
                                        .map(answer -> new Fetched(answer, null)));
    }

    private Mono<JsonNode> call(String cursor, @Nullable String token) {
        var request =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("cursor", cursor)
                        .put("limit", LIMIT)
                        .put("voice_format", AMR)
                        .put("open_kfid", account.openKfid());
        if (token != null) {
            request.put("token", token);
        }
        return api.post(PATH, request.toString())
                .retryWhen(
                        // Others are reading, too: that passes.
                        Retry.backoff(TRIES, Duration.ofMillis(500))
                                .maxBackoff(Duration.ofSeconds(5))
                                .filter(error -> is(error, CorpError.TOO_MANY_AT_ONCE))
                                .onRetryExhaustedThrow((spec, last) -> last.failure()));
    }

    private Mono<Void> keep(JsonNode answer, Turn turn) {
        var now = clock.instant();
        var oldest = turn.begun().minus(account.history());
        var page =
                answer.path("msg_list")
                        .valueStream()
                        .filter(item -> isWanted(item, oldest))
                        .toList();
        if (page.isEmpty()) {
            return Mono.empty();
        }
        List<Inbound> inbound = page.stream().map(item -> items.read(item, now)).toList();
        return intake.take(inbound);
    }

    /** What was said long before we came is not ours to answer. */
    private static boolean isWanted(JsonNode item, Instant oldest) {
        var sentAt = item.path("send_time").asLong(0);
        return sentAt <= 0 || sentAt >= oldest.getEpochSecond();
    }

    private Mono<Place> moved(Fetched fetched, Place place) {
        var next = text(fetched.answer, "next_cursor");
        if (next.isEmpty() || next.equals(place.turn.cursor())) {
            return Mono.empty();
        }
        // An empty page may have another behind it.
        var more = fetched.answer.path("has_more").asInt(0) == 1;
        return place.turn
                .moveTo(next)
                .filter(turn -> more)
                .map(turn -> new Place(turn, fetched.token));
    }

    private static boolean is(Throwable error, CorpError what) {
        return error instanceof CorpRefusal refusal && refusal.error() == what;
    }
}
