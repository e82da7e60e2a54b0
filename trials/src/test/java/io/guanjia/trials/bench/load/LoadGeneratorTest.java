package io.guanjia.trials.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.trials.caller.WeixinCaller;
import io.guanjia.weixin.protocol.MessageCrypt;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class LoadGeneratorTest {

    private final Map<String, Integer> seen = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void showsAServerThatStandsStillForTwoSeconds() {
        try (var generator = new LoadGenerator()) {
            assertThat(SelfTest.run(generator::run).maximum()).isGreaterThan(1_900_000);
        }
    }

    @Test
    void sendsCallbacksThatCanBeVerifiedAndDecryptedWithAFewRepeated() {
        var server = serverThatAnswers("success");
        try (var generator = new LoadGenerator()) {
            var plan = SelfTest.plan(server.port()).lasting(1, 200_000);
            var result = generator.run(plan);

            assertThat(result.wrong()).as(result.firstWrong()).isZero();
            assertThat(result.acknowledged()).isEqualTo(requests.get()).isGreaterThan(100);
            var repeats = requests.get() - seen.size();
            assertThat(repeats / (double) requests.get()).isBetween(0.02, 0.08);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void countsAnythingButAnAcknowledgementAsWrong() {
        var server = serverThatAnswers("该公众号提供的服务出现故障");
        try (var generator = new LoadGenerator()) {
            var result = generator.run(SelfTest.plan(server.port()).lasting(1, 50_000));

            assertThat(result.acknowledged()).isZero();
            assertThat(result.wrong()).isGreaterThan(10);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void countsRequestsThatWereNeverAnsweredAsWrong() {
        var server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .handle((request, response) -> Mono.never())
                        .bindNow();
        try (var generator = new LoadGenerator()) {
            var plan = SelfTest.plan(server.port()).lasting(1, 1).atRate(20, 4);
            var result = generator.run(plan);

            assertThat(result.wrong()).isEqualTo(20);
            assertThat(result.maximum()).isGreaterThan(9_000_000);
        } finally {
            server.disposeNow();
        }
    }

    private DisposableServer serverThatAnswers(String answer) {
        var account = ((WeixinCaller) SelfTest.plan(0).caller()).account();
        var crypt = new MessageCrypt(account.token(), account.aesKey(), account.appId());
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(
                        (request, response) ->
                                response.sendString(
                                        request.receive()
                                                .aggregate()
                                                .asString()
                                                .map(body -> remember(crypt, request.uri(), body))
                                                .map(id -> answer)))
                .bindNow();
    }

    private String remember(MessageCrypt crypt, String uri, String body) {
        var query =
                Stream.of(uri.substring(uri.indexOf('?') + 1).split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        var encrypted = body.replaceAll("(?s).*<Encrypt><!\\[CDATA\\[(.*?)]]></Encrypt>.*", "$1");
        var xml =
                crypt.decrypt(
                        query.get("msg_signature"),
                        query.get("timestamp"),
                        query.get("nonce"),
                        encrypted);
        var id = xml.replaceAll("(?s).*<MsgId>(\\d+)</MsgId>.*", "$1");
        requests.incrementAndGet();
        seen.merge(id, 1, Integer::sum);
        return id;
    }
}
