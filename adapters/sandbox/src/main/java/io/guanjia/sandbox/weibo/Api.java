package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.weibo.OutgoingReader.Outgoing;

import org.springframework.http.HttpMethod;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The platform's calls that are played. Labels are what faults name. */
enum Api {
    /** 发送客服消息. */
    REPLY("messages/reply", "/2/messages/reply.json", HttpMethod.POST) {
        @Override
        ApiAnswer answer(WeiboAccount account, Map<String, String> form, boolean shown) {
            var type = form.getOrDefault("type", "");
            var data = form.getOrDefault("data", "");
            var receiver = form.getOrDefault("receiver_id", "");
            if (type.isEmpty() || data.isEmpty() || receiver.isEmpty()) {
                return ApiAnswer.refused(this, WeiboError.PARAMETER_MISSING);
            }
            return switch (OutgoingReader.read(type, data)) {
                case Outgoing.Wrong wrong -> ApiAnswer.refused(this, wrong.error());
                case Outgoing.Said said -> send(account, form, said, shown);
            };
        }

        private ApiAnswer send(
                WeiboAccount account, Map<String, String> form, Outgoing.Said said, boolean shown) {
            var receiver = form.getOrDefault("receiver_id", "");
            var user = account.find(receiver).orElse(null);
            if (user == null) {
                return ApiAnswer.refused(this, WeiboError.NO_SUCH_USER);
            }
            var refused = user.take();
            if (refused != null) {
                return ApiAnswer.refused(this, refused);
            }
            if (shown) {
                user.receive(said.bubbles(), "service");
            }
            return ApiAnswer.of(
                    Json.object()
                            .put("result", true)
                            .put("sender_id", account.uid())
                            .put("receiver_id", Long.parseLong(receiver))
                            .put("type", form.getOrDefault("type", ""))
                            .put("data", form.getOrDefault("data", "")));
        }
    },

    /** A file that a customer sent, by the receiver's id. */
    MSGET("mss/msget", "/2/mss/msget", HttpMethod.GET) {
        @Override
        ApiAnswer answer(WeiboAccount account, Map<String, String> form, boolean shown) {
            var file = account.files().find(form.getOrDefault("fid", ""));
            return file == null
                    ? ApiAnswer.refused(this, WeiboError.BAD_REQUEST)
                    : new ApiAnswer(200, file.mimeType(), file.bytes(), 0);
        }
    },

    /** 授权查询. */
    TOKEN_INFO("oauth2/get_token_info", "/oauth2/get_token_info", HttpMethod.POST) {
        @Override
        ApiAnswer answer(WeiboAccount account, Map<String, String> form, boolean shown) {
            var ends = account.authorisedAt().plus(TOKEN_LIFE);
            return ApiAnswer.of(
                    Json.object()
                            .put("uid", account.uid())
                            .put("appkey", account.credentials().appKey())
                            .putNull("scope")
                            .put("create_at", account.authorisedAt().getEpochSecond())
                            .put("expire_in", Duration.between(account.now(), ends).toSeconds()));
        }
    },

    /** What is left of the hour's calls. */
    RATE_LIMITS("account/rate_limit_status", "/2/account/rate_limit_status.json", HttpMethod.GET) {
        @Override
        ApiAnswer answer(WeiboAccount account, Map<String, String> form, boolean shown) {
            return ApiAnswer.of(account.limits().status());
        }
    };

    private static final Duration TOKEN_LIFE = Duration.ofDays(30);

    private final String label;
    private final String path;
    private final HttpMethod method;

    Api(String label, String path, HttpMethod method) {
        this.label = label;
        this.path = path;
        this.method = method;
    }

    static Optional<Api> at(String requested) {
        return Arrays.stream(values())
                .filter(api -> requested.equals("/weibo" + api.path))
                .findAny();
    }

    String label() {
        return label;
    }

    String path() {
        return path;
    }

    HttpMethod method() {
        return method;
    }

    /** Asking what a token or a limit is worth costs nothing. */
    boolean isCounted() {
        return switch (this) {
            case REPLY, MSGET -> true;
            case TOKEN_INFO, RATE_LIMITS -> false;
        };
    }

    /** Answers a call with a good token. {@code shown} is false for what is taken but lost. */
    abstract ApiAnswer answer(WeiboAccount account, Map<String, String> form, boolean shown);
}
