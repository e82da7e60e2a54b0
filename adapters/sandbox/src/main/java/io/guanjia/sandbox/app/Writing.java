package io.guanjia.sandbox.app;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * What a customer writes: on the screen at once, in the outbox until the gateway has accepted it,
 * and on its way where there is a connection. Safe for several threads: all that it holds is the
 * phone's.
 *
 * <p>Everything completes with {@code accepted}, with {@code refused: } and the gateway's code, or
 * with {@code kept} where it waits for the network.
 */
final class Writing {

    /** The page does not wait for longer; the message still does. */
    private static final Duration WAITED_FOR = Duration.ofSeconds(4);

    private final AppPhone phone;
    private final CompanyApp app;
    private final Screen screen;
    private final Outbox outbox;

    Writing(AppPhone phone, CompanyApp app, Screen screen, Outbox outbox) {
        this.phone = phone;
        this.app = app;
        this.screen = screen;
        this.outbox = outbox;
    }

    CompletionStage<String> says(String words) {
        return sends(
                Json.object().put("type", "text").put("body", words),
                PhoneLine.text(app.now(), true, words));
    }

    /** Taps an option that is on the screen. */
    CompletionStage<String> chooses(String option) {
        var label =
                screen.all().reversed().stream()
                        .flatMap(line -> line.options().stream())
                        .filter(one -> one.id().equals(option))
                        .map(PhoneLine.Option::label)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no option " + option));
        return sends(
                Json.object().put("type", "choice").put("id", option).put("label", label),
                PhoneLine.text(app.now(), true, label));
    }

    CompletionStage<String> sendsLocation(String place) {
        return sends(
                Json.object()
                        .put("type", "location")
                        .put("latitude", 31.230416)
                        .put("longitude", 121.473701)
                        .put("label", place),
                line("location", place, null));
    }

    /** Uploads it first, for which the phone has to be online. */
    CompletionStage<String> sendsFile(String type, Files.File file, String fileName) {
        var line =
                line(
                        type,
                        type.equals("file") ? fileName : "",
                        app.addressOf(app.files().keep(file)));
        return phone.connected()
                .token()
                .flatMap(token -> app.gateway().upload(token, file, fileName))
                .toFuture()
                .thenCompose(
                        media -> {
                            var content = Json.object().put("type", type);
                            content.set("media", Json.object().put("id", media));
                            return sends(content, line);
                        });
    }

    private CompletionStage<String> sends(ObjectNode content, PhoneLine line) {
        var clientId = UUID.randomUUID().toString();
        screen.writes(clientId, line);
        var outcome = outbox.add(clientId, content, line.at());
        if (phone.talk() == null) {
            outcome = CompletableFuture.completedFuture("kept");
        } else {
            outcome =
                    outcome.copy()
                            .completeOnTimeout(
                                    "kept", WAITED_FOR.toMillis(), TimeUnit.MILLISECONDS);
        }
        phone.changed();
        return outcome.thenApply(
                word -> {
                    if (word.equals("kept") && outbox.holds(clientId)) {
                        screen.settles(clientId, "waiting");
                        phone.changed();
                    }
                    return word;
                });
    }

    private PhoneLine line(String kind, String text, @Nullable String url) {
        return new PhoneLine(app.now(), true, kind, text, url, List.of(), null);
    }
}
