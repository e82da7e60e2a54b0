package io.guanjia.adapters.sms.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.sms.Complaints;
import io.guanjia.adapters.sms.JsonBody;
import io.guanjia.adapters.sms.SmsChannel;
import io.guanjia.adapters.sms.SmsLine;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** One account: posts messages one by one, signed, and reads what comes back. */
final class HttpSmsLine implements SmsLine {

    private static final String PATH = "/messages";
    private static final String TIMESTAMP = "X-Sms-Timestamp";
    private static final String SIGNATURE = "X-Sms-Signature";

    private final HttpSmsAccount account;
    private final BodySeal seal;
    private final HttpSmsCallbacks callbacks;
    private final ApiClient api;
    private final Clock clock;
    private final Complaints complaints = new Complaints();

    HttpSmsLine(HttpSmsAccount account, ConnectionProvider connections, Clock clock) {
        this.account = account;
        this.seal = new BodySeal(account.secret());
        this.callbacks = new HttpSmsCallbacks(account, seal);
        this.api = new ApiClient(account.apiBase(), account.timeout(), connections);
        this.clock = clock;
    }

    @Override
    public ChannelAccount described() {
        return account.described();
    }

    @Override
    public Reading read(Callback callback) {
        return callbacks.read(callback);
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    var body = body(message);
                    var timestamp = Long.toString(clock.instant().getEpochSecond());
                    var headers =
                            Map.of(
                                    "Content-Type",
                                    "application/json",
                                    TIMESTAMP,
                                    timestamp,
                                    SIGNATURE,
                                    seal.of(timestamp, body));
                    return api.post(PATH, headers, body.getBytes(UTF_8)).map(this::verdict);
                });
    }

    private String body(OutboundMessage message) {
        if (!(message.content() instanceof Content.Text(var words))) {
            throw new Refused("this form of SMS carries plain words only");
        }
        var body = new LinkedHashMap<String, String>();
        body.put("id", message.deliveryId());
        body.put("to", message.to().party());
        body.put("text", words);
        if (!account.signName().isEmpty()) {
            body.put("sign", account.signName());
        }
        return JsonBody.write(body);
    }

    /** An id is success, a code is not, and where there is neither the status decides. */
    private Accepted verdict(ApiAnswer answer) {
        var body = JsonBody.parse(answer.text());
        var code = JsonBody.text(body, "code");
        if (!code.isEmpty()) {
            var meaning = HttpSmsErrors.TABLE.find(code);
            complaints.heard(meaning.failure());
            throw meaning.failure()
                    .toException(meaning.reason(), SmsChannel.SEND_TEXT, true, clock.instant());
        }
        answer.required();
        var id = JsonBody.text(body, "id");
        if (id.isEmpty()) {
            throw new OutcomeUnknown("an answer that says nothing");
        }
        complaints.none();
        return new Accepted(id);
    }

    @Override
    public Flux<HealthSign> health() {
        return Flux.defer(() -> Flux.fromIterable(complaints.signs()));
    }
}
