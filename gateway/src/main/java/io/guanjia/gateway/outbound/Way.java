package io.guanjia.gateway.outbound;

/** One API of one account: what is paced and what can be shut. */
record Way(String channel, String account, String api) {

    /** Stands for every API of an account. */
    static final String EVERY_API = "*";

    Way wholeAccount() {
        return new Way(channel, account, EVERY_API);
    }
}
