package io.guanjia.gateway.downgrade;

/**
 * A short address of ours for a long one. It leads there as soon as it is kept, and nowhere before.
 *
 * @param code names it; the same for the same url
 * @param address what a customer opens; ends in the code
 * @param url where that leads
 */
public record ShortLink(String code, String address, String url) {

    /** Leaves out where it leads: this ends up in logs. */
    @Override
    public String toString() {
        return "ShortLink[code=" + code + "]";
    }
}
