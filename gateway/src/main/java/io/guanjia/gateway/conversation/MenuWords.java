package io.guanjia.gateway.conversation;

import io.guanjia.gateway.message.Event;

import java.util.Map;
import java.util.Optional;

/** What a customer is taken to say by tapping an entry of the account's menu. */
record MenuWords(Map<String, String> byKey) {

    MenuWords {
        byKey = Map.copyOf(byKey);
    }

    /** Empty for entries that open a page by themselves and for keys nobody gave words to. */
    Optional<String> words(Event.MenuTapped tapped) {
        return tapped.kind().equals("click")
                ? Optional.ofNullable(byKey.get(tapped.key()))
                : Optional.empty();
    }
}
