package io.guanjia.adapters.sms;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A provider's table of errors: for each code what it means for us, and the provider's own words
 * for people to look up. A code that ends in {@code *} stands for all that begin so.
 */
public final class ErrorTable {

    /** Whatever a provider says, only this much of it is shown. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:-]{1,80}");

    private final Map<String, Line> lines;

    private ErrorTable(Map<String, Line> lines) {
        this.lines = Map.copyOf(lines);
    }

    private record Line(SmsFailure failure, String words) {}

    /**
     * What a code means.
     *
     * @param reason the code with its words
     */
    public record Meaning(SmsFailure failure, String reason) {}

    /** A line for each: failure, code, words. */
    public static ErrorTable of(String table) {
        var lines = new HashMap<String, Line>();
        table.lines()
                .map(line -> line.strip().split("\\s+", 3))
                .forEach(
                        parts ->
                                lines.put(
                                        parts[1],
                                        new Line(SmsFailure.valueOf(parts[0]), parts[2])));
        return new ErrorTable(lines);
    }

    /** One that nobody here has heard of is the message's fault. */
    public Meaning find(String code) {
        var line = lines.get(code);
        for (var end = code.length(); line == null && end > 0; end--) {
            line = lines.get(code.substring(0, end) + "*");
        }
        var shown = CODE.matcher(code).matches() ? code : "unreadable code";
        return line == null
                ? new Meaning(SmsFailure.REFUSED, shown)
                : new Meaning(line.failure, shown + " " + line.words);
    }

    /** As they stand in the table. */
    public Set<String> codes() {
        return lines.keySet();
    }
}
