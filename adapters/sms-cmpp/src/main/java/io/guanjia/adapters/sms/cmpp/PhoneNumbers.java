package io.guanjia.adapters.sms.cmpp;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * Phone numbers as we name parties, E.164 such as +8613900001111, whatever prefix the carrier puts
 * in front, so that a customer who writes is the one we write to.
 */
final class PhoneNumbers {

    private static final Pattern MAINLAND = Pattern.compile("(?:(?:\\+|00)?86)?(1\\d{10})");
    private static final Pattern ABROAD = Pattern.compile("00([1-9]\\d{6,14})");
    private static final Pattern OTHER = Pattern.compile("\\+?\\d{3,20}");

    private PhoneNumbers() {}

    /** What the carrier calls them, as we do. One that no person has, such as 10086, stays. */
    static String party(String terminal) {
        var number = terminal.strip();
        var mainland = MAINLAND.matcher(number);
        if (mainland.matches()) {
            return "+86" + mainland.group(1);
        }
        var abroad = ABROAD.matcher(number);
        if (abroad.matches()) {
            return "+" + abroad.group(1);
        }
        return number.isEmpty() ? "unknown" : number;
    }

    /** What to put into Dest_terminal_Id; null for what is no number. */
    static @Nullable String toDial(String party) {
        var number = party.strip();
        var mainland = MAINLAND.matcher(number);
        if (mainland.matches()) {
            return mainland.group(1);
        }
        return OTHER.matcher(number).matches() ? number.replace("+", "") : null;
    }
}
