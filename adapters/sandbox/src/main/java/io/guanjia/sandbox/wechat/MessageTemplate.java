package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.message.Bubble;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A template of an account, as set up in its console.
 *
 * @param content lines such as {@code 交易时间：{{time1.DATA}}}
 */
public record MessageTemplate(String id, String title, String content) {

    private static final Pattern FIELD = Pattern.compile("\\{\\{(\\w+)\\.DATA}}");

    /** The fields to fill in. */
    public List<String> fields() {
        return FIELD.matcher(content).results().map(match -> match.group(1)).toList();
    }

    /** The lines as the phone shows them. */
    List<Bubble.Template.Line> fill(Map<String, String> values) {
        var lines = new ArrayList<Bubble.Template.Line>();
        for (var line : content.split("\n", -1)) {
            var field = FIELD.matcher(line);
            if (field.find()) {
                var label = line.substring(0, field.start()).strip().replaceAll("[：:]$", "");
                var value = values.getOrDefault(field.group(1), "");
                lines.add(new Bubble.Template.Line(field.group(1), label, value));
            }
        }
        return lines;
    }
}
