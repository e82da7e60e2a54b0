package io.guanjia.cmpp.protocol;

/**
 * Who pays, and how much.
 *
 * @param userType Fee_UserType: 0 the receiver, 1 the sender's phone, 2 the service provider, 3 the
 *     phone in {@code terminal}
 * @param terminal Fee_terminal_Id, for type 3
 * @param terminalType Fee_terminal_type, 3.0 only: 0 a real number, 1 a pseudonym
 * @param type FeeType, such as 01 for free of charge
 * @param code FeeCode, in cents
 */
public record Fees(int userType, String terminal, int terminalType, String type, String code) {

    /** Leaves out the number: this ends up in logs. */
    @Override
    public String toString() {
        return "Fees[userType=" + userType + ", type=" + type + ", code=" + code + "]";
    }
}
