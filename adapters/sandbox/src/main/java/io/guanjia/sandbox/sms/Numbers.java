package io.guanjia.sandbox.sms;

import java.util.regex.Pattern;

/** Numbers as E.164 and as people in mainland China write them. */
final class Numbers {

    private static final Pattern VALID = Pattern.compile("\\+861\\d{10}|\\+(?!86)[1-9]\\d{6,14}");

    private Numbers() {}

    static String e164(String written) {
        if (written.matches("1\\d{10}")) {
            return "+86" + written;
        }
        return written.matches("86\\d{11}|852\\d{8}|853\\d{8}|886\\d{9}") ? "+" + written : written;
    }

    static boolean isValid(String number) {
        return VALID.matcher(number).matches();
    }

    static String national(String number) {
        return number.startsWith("+86") ? number.substring(3) : number.replace("+", "");
    }

    /** The same one for the same name, in a range that looks real enough. */
    static String of(String name) {
        if (isValid(e164(name))) {
            return e164(name);
        }
        return "+86139%08d".formatted(Math.floorMod(name.hashCode(), 100_000_000));
    }
}
