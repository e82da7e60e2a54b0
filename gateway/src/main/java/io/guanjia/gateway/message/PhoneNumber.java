package io.guanjia.gateway.message;

import java.util.regex.Pattern;

/**
 * How a party is named whom a channel knows by the phone: E.164 such as +8613700000001, whatever a
 * provider or carrier makes of it, so that a customer who writes is the one we write to.
 */
public final class PhoneNumber {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern MOBILE = Pattern.compile("1\\d{10}");
    private static final Pattern AROUND = Pattern.compile("[\\s()\\-]");
    private static final String CHINA = "+86";

    private PhoneNumber() {}

    /**
     * A number as it is dialled from mainland China. One that no person has, such as 10086, stays
     * as it is.
     */
    public static String e164(String written) {
        var bare = AROUND.matcher(written).replaceAll("");
        if (MOBILE.matcher(bare).matches()) {
            return CHINA + bare;
        }
        if (bare.startsWith("86") && MOBILE.matcher(bare.substring(2)).matches()) {
            return "+" + bare;
        }
        if (bare.startsWith("00") && isE164("+" + bare.substring(2))) {
            return "+" + bare.substring(2);
        }
        return bare;
    }

    /** A number whose country's code stands apart. */
    public static String e164(String nation, String national) {
        var code = nation.startsWith("+") ? nation : "+" + nation;
        if (code.equals(CHINA) || code.length() == 1 || national.startsWith("+")) {
            return e164(national);
        }
        var whole = code + AROUND.matcher(national).replaceAll("");
        return isE164(whole) ? whole : e164(national);
    }

    public static boolean isE164(String number) {
        return E164.matcher(number).matches();
    }

    /** A mobile number of mainland China. */
    public static boolean isMainland(String number) {
        return number.startsWith(CHINA) && MOBILE.matcher(number.substring(3)).matches();
    }

    /**
     * The eleven digits of a mainland number; any other with its country's code and without "+".
     */
    public static String digits(String number) {
        return isMainland(number)
                ? number.substring(CHINA.length())
                : number.startsWith("+") ? number.substring(1) : number;
    }
}
