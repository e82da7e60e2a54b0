package io.guanjia.gateway.channel;

/**
 * How much of what a platform allows an account is left.
 *
 * @param api our short name, as in {@link Channel.Route#api}, or one for what is counted over
 *     several APIs
 * @param left of {@code of}, as the platform counted a few minutes ago
 * @param of how much the platform allows; above 0
 * @param per for how long
 */
public record CallsLeft(String api, long left, long of, Per per) {

    /** What brings new calls. */
    public enum Per {
        /** The next full hour. */
        HOUR,
        /** The next midnight. */
        DAY,
        /** Buying another package (套餐包) of messages. */
        PACKAGE
    }

    public static CallsLeft thisHour(String api, long left, long of) {
        return new CallsLeft(api, left, of, Per.HOUR);
    }

    public static CallsLeft today(String api, long left, long of) {
        return new CallsLeft(api, left, of, Per.DAY);
    }

    public static CallsLeft inPackages(String api, long left, long of) {
        return new CallsLeft(api, left, of, Per.PACKAGE);
    }
}
