package io.guanjia.adapters.sms.cmpp;

import io.guanjia.gateway.message.PhoneNumber;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** Phones as carriers write them and as we name them. */
final class PhoneNumbers {

    private static final Pattern DIALLED = Pattern.compile("\\d{3,20}");

    private PhoneNumbers() {}

    /** What the carrier calls them, as we do. */
    static String party(String terminal) {
        var number = PhoneNumber.e164(terminal);
        return number.isEmpty() ? "unknown" : number;
    }

    /** What to put into Dest_terminal_Id; null for what is no number. */
    static @Nullable String toDial(String party) {
        var digits = PhoneNumber.digits(PhoneNumber.e164(party));
        return DIALLED.matcher(digits).matches() ? digits : null;
    }
}
