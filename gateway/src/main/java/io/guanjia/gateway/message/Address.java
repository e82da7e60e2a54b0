package io.guanjia.gateway.message;

/**
 * One outside party as one account of one channel knows them.
 *
 * @param channel the channel's name, such as {@code wechat}
 * @param account our account's name on that channel, as in the settings
 * @param party the channel's id for the outside party, such as an openid
 */
public record Address(String channel, String account, String party) {

    public Address {
        require(channel, "channel");
        require(account, "account");
        require(party, "party");
    }

    private static void require(String value, String name) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
    }

    /** The journal's key: what keeps one customer's messages in order. */
    public String key() {
        return channel + '/' + account + '/' + party;
    }

    /** Leaves out the party: an openid is personal data and this ends up in logs. */
    @Override
    public String toString() {
        return channel + '/' + account + "/…";
    }
}
