package io.guanjia.gateway.message;

/**
 * One message on its way to an outside party.
 *
 * @param deliveryId ours; the same for every try, so a platform with an idempotency key can use it
 */
public record OutboundMessage(String deliveryId, Address to, Author author, Content content) {

    /** Leaves out what is said: this ends up in logs. */
    @Override
    public String toString() {
        return "OutboundMessage["
                + deliveryId
                + ", to="
                + to
                + ", "
                + content.getClass().getSimpleName()
                + "]";
    }
}
