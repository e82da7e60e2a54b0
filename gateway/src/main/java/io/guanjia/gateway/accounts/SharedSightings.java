package io.guanjia.gateway.accounts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What each node sees of its accounts, for the others to read: in Redis, by its clock, for half a
 * minute. While it is away, or has forgotten, each node goes by what it sees itself.
 */
final class SharedSightings {

    /** How long a node counts that says nothing more, as after a crash. */
    static final Duration KEPT = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(SharedSightings.class);
    private static final String KEY = "guanjia:sightings";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** One field for each node: until when it counts, and what it says. */
    private static final RedisScript<Long> TELL =
            RedisScript.of(
                    """
                    local time = redis.call('TIME')
                    local now = time[1] * 1000 + math.floor(time[2] / 1000)
                    local told = redis.call('HGETALL', KEYS[1])
                    for i = 1, #told, 2 do
                        if tonumber(string.match(told[i + 1], '^%d+')) <= now then
                            redis.call('HDEL', KEYS[1], told[i])
                        end
                    end
                    local ends = string.format('%.0f', now + tonumber(ARGV[2]))
                    redis.call('HSET', KEYS[1], ARGV[1], ends .. ':' .. ARGV[3])
                    redis.call('PEXPIRE', KEYS[1], ARGV[2])
                    return 1
                    """,
                    Long.class);

    /** What the others say that still count, one a line. */
    private static final RedisScript<String> OTHERS =
            RedisScript.of(
                    """
                    local time = redis.call('TIME')
                    local now = time[1] * 1000 + math.floor(time[2] / 1000)
                    local told = redis.call('HGETALL', KEYS[1])
                    local others = {}
                    for i = 1, #told, 2 do
                        local ends, said = string.match(told[i + 1], '^(%d+):(.*)$')
                        if told[i] ~= ARGV[1] and tonumber(ends) > now then
                            others[#others + 1] = said
                        end
                    end
                    return table.concat(others, '\\n')
                    """,
                    String.class);

    private final String node = UUID.randomUUID().toString();
    private final ReactiveStringRedisTemplate redis;
    private final JsonMapper json;

    SharedSightings(ReactiveStringRedisTemplate redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** What a node says of one account. */
    record Told(AccountId account, Sighting seen) {
        Told {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(seen, "seen");
        }
    }

    /** Lets the other nodes know what this one sees of all its accounts. Fails without Redis. */
    Mono<Void> tell(Map<AccountId, Sighting> mine) {
        return Mono.defer(
                        () ->
                                redis.execute(
                                                TELL,
                                                List.of(KEY),
                                                List.of(
                                                        node,
                                                        Long.toString(KEPT.toMillis()),
                                                        written(mine)))
                                        .next())
                .timeout(PATIENCE)
                .then();
    }

    /** What each of the other nodes sees, as far as known. Never fails. */
    Mono<List<Told>> others() {
        return Mono.defer(() -> redis.execute(OTHERS, List.of(KEY), List.of(node)).next())
                .timeout(PATIENCE)
                .map(said -> said.lines().flatMap(this::read).toList())
                .onErrorResume(
                        failure -> {
                            log.debug(
                                    "Redis is away, so this node goes by what it sees: {}",
                                    failure.getClass().getSimpleName());
                            return Mono.just(List.<Told>of());
                        })
                .defaultIfEmpty(List.of());
    }

    private String written(Map<AccountId, Sighting> mine) {
        return json.writeValueAsString(
                mine.entrySet().stream()
                        .map(one -> new Told(one.getKey(), one.getValue()))
                        .toList());
    }

    /** Nothing where a node of another version says what we do not know. */
    private Stream<Told> read(String said) {
        try {
            return Stream.of(json.readValue(said, Told[].class));
        } catch (JacksonException unknown) {
            log.debug("A node says what this one does not know");
            return Stream.empty();
        }
    }
}
