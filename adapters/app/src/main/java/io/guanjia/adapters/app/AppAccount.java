package io.guanjia.adapters.app;

import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Files;
import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Capabilities.Report;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.TextLimit;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One app or site of the company's own under {@code guanjia.channels.app.accounts}. Creating one
 * fails with a message that names every setting at fault and never its value.
 *
 * @param name ours, as in {@code ?account={name}} and {@code data-account="{name}"}
 * @param sessionKey signs what we hand out ourselves, visitors' tokens and links to files; at least
 *     32 characters, the same on all nodes. Changing it makes every visitor a new one
 * @param tokenAlgorithm how the company's login signs its tokens; null where nobody logs in
 * @param tokenKey for HS256 the secret that is shared with the login, at least 32 bytes; otherwise
 *     the login's public key as PEM
 * @param tokenIssuer what a token's {@code iss} has to be
 * @param tokenAudience what a token's {@code aud} has to contain
 * @param visitors whether somebody who has not logged in may write
 * @param visitorLife how long a visitor is known by the same token
 * @param origins the web pages that may connect, such as {@code https://www.bank.example}; apps
 *     send no origin and need none
 * @param uploadsPerDay how many files one customer may upload in 24 hours
 * @param uploadSizePerDay how much that may be in all
 * @param recallWithin how long after it was sent a message of ours can be taken back; 0 for never
 * @param pushWebhook where to say that a customer who is not connected has a message; null for
 *     nowhere
 * @param pushSecret signs these calls
 * @param timeout how long one such call may take in all
 */
public record AppAccount(
        String name,
        String sessionKey,
        @Nullable Algorithm tokenAlgorithm,
        @Nullable String tokenKey,
        @Nullable String tokenIssuer,
        @Nullable String tokenAudience,
        @DefaultValue("true") boolean visitors,
        @DefaultValue("180d") Duration visitorLife,
        @DefaultValue List<String> origins,
        @DefaultValue("100") int uploadsPerDay,
        @DefaultValue("200MB") DataSize uploadSizePerDay,
        @DefaultValue("2m") Duration recallWithin,
        @Nullable URI pushWebhook,
        @Nullable String pushSecret,
        @DefaultValue("5s") Duration timeout) {

    /** The longest text in characters, either way. */
    static final int MOST_WORDS = 4000;

    static final long MOST_BYTES = 20L * 1024 * 1024;

    static final int SHORTEST_KEY = 32;

    private static final Pattern ORIGIN =
            Pattern.compile("https?://(\\[[0-9a-f:]+]|[a-z0-9.-]+)(:\\d{1,5})?");

    /** How a token is signed. */
    public enum Algorithm {
        HS256,
        RS256,
        ES256
    }

    public AppAccount {
        tokenKey = AccountCheck.orNone(tokenKey);
        tokenIssuer = AccountCheck.orNone(tokenIssuer);
        tokenAudience = AccountCheck.orNone(tokenAudience);
        pushSecret = AccountCheck.orNone(pushSecret);
        origins =
                origins == null
                        ? List.of()
                        : origins.stream()
                                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                                .filter(each -> !each.isEmpty())
                                .toList();
        var check = new AccountCheck();
        check.name(name)
                .require(
                        sessionKey != null && sessionKey.length() >= SHORTEST_KEY,
                        "session-key must be at least 32 characters, such as from openssl rand"
                                + " -hex 32");
        if (tokenAlgorithm == null) {
            check.require(
                            tokenKey == null,
                            "token-algorithm must be HS256, RS256 or ES256 where there is a key")
                    .require(visitors, "token-algorithm must be set where visitors is false");
        } else {
            checkLogin(check, tokenAlgorithm, tokenKey, tokenIssuer, tokenAudience);
        }
        check.positive(visitorLife, "visitor-life", "180d")
                .require(
                        origins.stream().allMatch(each -> ORIGIN.matcher(each).matches()),
                        "origins must be such as https://www.bank.example, without a path")
                .require(uploadsPerDay >= 0, "uploads-per-day must be at least 0")
                .require(
                        uploadSizePerDay != null && !uploadSizePerDay.isNegative(),
                        "upload-size-per-day must be a size such as 200MB")
                .require(
                        recallWithin != null && !recallWithin.isNegative(),
                        "recall-within must be a duration such as 2m, or 0")
                .require(
                        pushWebhook == null || isHttp(pushWebhook),
                        "push-webhook must be an address such as https://push.bank.example/chat")
                .require(
                        pushWebhook == null
                                || (pushSecret != null && pushSecret.length() >= SHORTEST_KEY),
                        "push-secret must be at least 32 characters where there is a webhook")
                .positive(timeout, "timeout", "5s")
                .done();
    }

    /** The account as the gateway sees it. */
    ChannelAccount described() {
        return new ChannelAccount(
                name, true, null, List.of(), Map.of(), capabilities(recallWithin));
    }

    /** Our own protocol: README.md says what is in it. */
    private static Capabilities capabilities(Duration recallWithin) {
        var any = Files.upTo(MOST_BYTES);
        return Capabilities.words(TextLimit.characters(MOST_WORDS))
                .receives(Kind.IMAGE, Kind.VOICE, Kind.VIDEO, Kind.FILE, Kind.LOCATION)
                .sends(Kind.LOCATION, Kind.LINK, Kind.SUGGESTIONS, Kind.NATIVE)
                .sends(Kind.IMAGE, any)
                .sends(Kind.VOICE, any)
                .sends(Kind.VIDEO, any)
                .sends(Kind.FILE, any)
                .begunBy(Initiative.ANYBODY)
                .reports(Report.DELIVERED, Report.READ)
                .typing(true)
                .recall(recallWithin)
                .build();
    }

    private static void checkLogin(
            AccountCheck check,
            Algorithm algorithm,
            @Nullable String key,
            @Nullable String issuer,
            @Nullable String audience) {
        if (key == null) {
            check.require(false, "token-key must be set: what your login signs its tokens with");
        } else if (algorithm == Algorithm.HS256) {
            check.require(
                    key.getBytes(StandardCharsets.UTF_8).length >= SHORTEST_KEY,
                    "token-key must be at least 32 bytes for HS256");
        } else {
            check.require(
                    PublicKeys.read(algorithm, key).isPresent(),
                    "token-key must be a public key as PEM that fits token-algorithm");
        }
        check.require(
                        issuer != null && !issuer.equals(VisitorTokens.ISSUER),
                        "token-issuer must be set: what stands as iss in your login's tokens")
                .set(
                        audience,
                        "token-audience must be set: what stands as aud in your login's tokens");
    }

    private static boolean isHttp(URI address) {
        return address.getHost() != null
                && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "AppAccount[name=" + name + ", tokenIssuer=" + tokenIssuer + "]";
    }
}
