package io.guanjia.sandbox.app;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A phone's side of the protocol, from when it comes online until it goes or becomes somebody else:
 * what it has, what it confirms, what it says again. Safe for several threads.
 */
final class Talk {

    /** For what is refused only for the moment. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(2);

    /** Nothing yet, so the latest lines come. */
    private static final long NOTHING = -1;

    private final AppPhone phone;
    private final CompanyApp app;
    private final Screen screen;
    private final Outbox outbox;
    private final Link link;
    private final Consumer<String> line;
    private volatile boolean over;
    private volatile boolean typedTo;
    private volatile @Nullable String party;
    private long have = NOTHING;
    private boolean lost;

    Talk(AppPhone phone, CompanyApp app, Screen screen, Outbox outbox) {
        this.phone = phone;
        this.app = app;
        this.screen = screen;
        this.outbox = outbox;
        this.link = new Link(app.gateway().sockets(), new Side());
        this.line = link::says;
    }

    void begins() {
        link.open();
    }

    void ends() {
        over = true;
        outbox.closes(line);
        link.end();
    }

    String types() {
        link.says(Json.object().put("type", "typing").put("on", true).toString());
        return "typing";
    }

    String cut() {
        link.cut();
        return "cut";
    }

    Mono<String> token() {
        return phone.token();
    }

    boolean isTypedTo() {
        return typedTo;
    }

    boolean isKnownAs(String name) {
        return Objects.equals(party, name);
    }

    /** Says that what there is has come, and whether it has been read as well. */
    synchronized void confirms(boolean read) {
        if (have > 0) {
            link.says(numbered(read ? "read" : "received", have));
        }
    }

    private static String numbered(String type, long sequence) {
        return Json.object().put("type", type).put("sequence", sequence).toString();
    }

    /** What the link asks and tells. */
    private final class Side implements Link.Phone {

        @Override
        public Mono<String> token() {
            return phone.token();
        }

        @Override
        public URI address() {
            synchronized (Talk.this) {
                return app.gateway().socket(Math.max(0, have), have == NOTHING);
            }
        }

        @Override
        public boolean hears(String text) {
            var frame = Json.readObject(text);
            if (over || frame == null) {
                return true;
            }
            var goesOn = true;
            switch (Json.text(frame, "type")) {
                case "hello" -> isGreeted(frame);
                case "messages" -> goesOn = receives(frame);
                case "accepted" -> isAccepted(Json.text(frame, "id"));
                case "refused" -> isRefused(Json.text(frame, "id"), Json.text(frame, "code"));
                case "typing" -> typedTo = frame.path("on").asBoolean(false);
                default -> {}
            }
            phone.changed();
            return goesOn;
        }

        @Override
        public void loses() {
            outbox.closes(line);
            synchronized (Talk.this) {
                if (over || lost) {
                    return;
                }
                lost = true;
            }
            typedTo = false;
            phone.happens("网络断开，正在重连");
        }
    }

    private void isGreeted(JsonNode hello) {
        party = Json.text(hello, "customer");
        boolean back;
        synchronized (this) {
            back = lost;
            lost = false;
        }
        if (back) {
            phone.happens("已重新连接");
        }
        outbox.opens(line);
    }

    /** Returns false where something has been missed. */
    private synchronized boolean receives(JsonNode frame) {
        var after = frame.path("after").asLong(0);
        if (have != NOTHING && after > have) {
            return false;
        }
        for (var item : frame.path("items")) {
            if (item.path("sequence").asLong(0) > have) {
                // Before it is shown: whoever sees the answer sees nobody typing any more.
                if (!Json.text(item, "from").equals("customer")) {
                    typedTo = false;
                }
                shows(item);
            }
        }
        have = Math.max(have, frame.path("sequence").asLong(0));
        link.says(numbered("received", have));
        if (phone.isLooking()) {
            link.says(numbered("read", have));
        }
        return true;
    }

    private void shows(JsonNode item) {
        var id = Json.text(item, "id");
        var clientId = Json.text(item, "clientId");
        var line = LineReader.read(item);
        screen.shows(id, clientId.isEmpty() ? null : clientId, line);
        var file = LineReader.fileOf(item);
        if (file != null) {
            app.gateway()
                    .fetch(file)
                    .map(fetched -> app.addressOf(app.files().keep(fetched)))
                    .onErrorComplete()
                    .subscribe(address -> hasFetched(id, line, address));
        }
    }

    private void hasFetched(String id, PhoneLine line, String address) {
        screen.changes(
                id,
                new PhoneLine(
                        line.at(),
                        line.mine(),
                        line.kind(),
                        line.text(),
                        address,
                        line.options(),
                        line.note()));
        phone.changed();
    }

    private void isAccepted(String id) {
        outbox.ends(id, "accepted");
        screen.settles(id, null);
    }

    private void isRefused(String id, String code) {
        if (code.equals("unavailable") || code.equals("too-many")) {
            Mono.delay(AGAIN_AFTER).subscribe(_ -> outbox.frame(id).forEach(line));
            return;
        }
        outbox.ends(id, "refused: " + code);
        screen.settles(id, "refused." + code);
    }
}
