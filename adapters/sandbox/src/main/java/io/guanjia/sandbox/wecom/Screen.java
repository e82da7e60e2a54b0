package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What one person sees on the phone. Safe for use by several threads. */
final class Screen {

    private final WecomAccount account;
    private final String owner;
    private final History<PhoneLine> lines;

    Screen(WecomAccount account, String owner, int kept) {
        this.account = account;
        this.owner = owner;
        this.lines = new History<>(kept);
    }

    void show(PhoneLine line) {
        lines.add(number -> line);
        account.changed("chat", owner);
    }

    void says(boolean mine, String words, @Nullable String note) {
        show(new PhoneLine(account.now(), mine, "text", words, null, List.of(), note));
    }

    /** Something that happens rather than is said. */
    void tells(boolean mine, String what) {
        show(new PhoneLine(account.now(), mine, "event", what, null, List.of(), null));
    }

    List<PhoneLine> all() {
        return lines.all();
    }

    /** What came from others, as words. */
    List<String> read() {
        return lines.all().stream()
                .filter(line -> !line.mine() && !line.kind().equals("event"))
                .map(PhoneLine::text)
                .toList();
    }
}
