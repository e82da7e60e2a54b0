package io.guanjia.trials.process;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the nodes that are broken on purpose have otherwise than by default. */
public final class NodeSettings {

    /**
     * A desk that is always open; and answers that are worth sending for longer than an hour,
     * because some trials let a day pass and want them then.
     */
    public static final Map<String, String> OF_TRIALS =
            Map.of(
                    "guanjia.conversation.bot-answer-life", "47h",
                    "guanjia.handoff.opens", "00:00",
                    "guanjia.handoff.closes", "00:00");

    private NodeSettings() {}

    /** For a report. */
    public static List<String> lines() {
        return new TreeMap<>(OF_TRIALS)
                .entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
    }
}
