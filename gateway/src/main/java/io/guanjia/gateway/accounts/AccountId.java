package io.guanjia.gateway.accounts;

/** Which of our accounts. */
record AccountId(String channel, String name) {

    /** Where one of its secrets is kept, for the vault. */
    String placeOf(String key) {
        return channel + "/" + name + "/" + key;
    }

    @Override
    public String toString() {
        return channel + "/" + name;
    }
}
