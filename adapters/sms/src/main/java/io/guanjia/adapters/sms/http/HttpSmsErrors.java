package io.guanjia.adapters.sms.http;

import io.guanjia.adapters.sms.ErrorTable;

/** The codes that the form knows; the README says when to use which. */
final class HttpSmsErrors {

    static final ErrorTable TABLE =
            ErrorTable.of(
                    """
                    BUSY busy the provider failed and has not taken it
                    UNCLEAR unclear the provider does not know whether it took it
                    TOO_FAST too-fast we call too often
                    REST_MINUTE number-per-minute the number has had enough for this minute
                    REST_HOUR number-per-hour the number has had enough for this hour
                    REST_DAY number-per-day the number has had enough for today
                    NIGHT night promotions go out by day only
                    UNREACHABLE unreachable the number does not exist or refuses messages
                    REFUSED refused the provider does not take this message
                    SIGN sign-name the signature is not approved
                    BALANCE balance nothing left to pay with
                    CREDENTIALS unauthorized the signature of the call, or our address, is wrong
                    DAY_QUOTA quota-per-day the account's quota for today is used up
                    MONTH_QUOTA quota-per-month the account's quota for this month is used up
                    """);

    private HttpSmsErrors() {}
}
