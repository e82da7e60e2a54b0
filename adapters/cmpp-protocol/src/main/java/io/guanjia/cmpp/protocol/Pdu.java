package io.guanjia.cmpp.protocol;

import java.util.List;

/**
 * One protocol data unit. The names in the comments are the specification's; numbers are as wide as
 * on the wire and unsigned where it matters.
 */
public sealed interface Pdu {

    /** Sequence_Id: an answer has its question's. */
    int sequence();

    /** Whether it answers one of ours. */
    default boolean isAnswer() {
        return switch (this) {
            case ConnectAnswer _,
                    SubmitAnswer _,
                    DeliverAnswer _,
                    ActiveTestAnswer _,
                    TerminateAnswer _ ->
                    true;
            case Connect _, Submit _, Deliver _, ActiveTest _, Terminate _ -> false;
            case Other other -> other.command() < 0;
        };
    }

    /**
     * CMPP_CONNECT.
     *
     * @param sourceAddress Source_Addr, the service provider's code, 6 characters
     * @param authenticator AuthenticatorSource, see {@link Authenticator}
     * @param version the highest that the client speaks
     * @param timestamp MMDDHHMMSS as a number
     */
    record Connect(
            int sequence, String sourceAddress, byte[] authenticator, int version, int timestamp)
            implements Pdu {

        /** Leaves out the authenticator: this ends up in logs. */
        @Override
        public String toString() {
            return "Connect[" + sourceAddress + "]";
        }
    }

    /**
     * CMPP_CONNECT_RESP.
     *
     * @param status 0 welcome, 1 structure, 2 illegal source address, 3 authenticator, 4 version
     *     too high, 5 and above others
     * @param authenticator AuthenticatorISMG
     */
    record ConnectAnswer(int sequence, int status, byte[] authenticator, int version)
            implements Pdu {

        /** Leaves out the authenticator: this ends up in logs. */
        @Override
        public String toString() {
            return "ConnectAnswer[status=" + status + "]";
        }
    }

    /**
     * CMPP_SUBMIT.
     *
     * @param total Pk_total, how many parts the message has
     * @param number Pk_number, which one this is, from 1
     * @param registeredDelivery 1 asks for a status report
     * @param spId Msg_src
     * @param validUntil ValId_Time in SMPP 3.3's format, or empty
     * @param sendAt At_Time in the same format, or empty
     * @param sourceId Src_Id, the number that the receiver sees
     * @param destinations Dest_terminal_Id, fewer than 100
     * @param linkId LinkID of 3.0, Reserve of 2.0
     */
    record Submit(
            int sequence,
            long msgId,
            int total,
            int number,
            int registeredDelivery,
            int level,
            String serviceId,
            Fees fees,
            UserData data,
            String spId,
            String validUntil,
            String sendAt,
            String sourceId,
            List<String> destinations,
            int destinationType,
            String linkId)
            implements Pdu {

        public Submit {
            destinations = List.copyOf(destinations);
            if (destinations.isEmpty() || destinations.size() > 99) {
                throw new IllegalArgumentException("DestUsr_tl must be 1 to 99");
            }
        }

        /** Leaves out numbers and words: this ends up in logs. */
        @Override
        public String toString() {
            return "Submit[" + sequence + ", " + number + "/" + total + ", " + data + "]";
        }
    }

    /** CMPP_SUBMIT_RESP. */
    record SubmitAnswer(int sequence, long msgId, int result) implements Pdu {}

    /**
     * CMPP_DELIVER: a message from a phone, or with {@code registeredDelivery} 1 a {@link Report}.
     *
     * @param destination Dest_Id, our number
     * @param source Src_terminal_Id, the phone's number
     * @param linkId LinkID of 3.0, Reserved of 2.0
     */
    record Deliver(
            int sequence,
            long msgId,
            String destination,
            String serviceId,
            UserData data,
            String source,
            int sourceType,
            int registeredDelivery,
            String linkId)
            implements Pdu {

        public boolean isReport() {
            return registeredDelivery == 1;
        }

        /** Leaves out numbers and words: this ends up in logs. */
        @Override
        public String toString() {
            return "Deliver[" + sequence + ", report=" + isReport() + ", " + data + "]";
        }
    }

    /** CMPP_DELIVER_RESP. */
    record DeliverAnswer(int sequence, long msgId, int result) implements Pdu {}

    /** CMPP_ACTIVE_TEST. */
    record ActiveTest(int sequence) implements Pdu {}

    /** CMPP_ACTIVE_TEST_RESP. */
    record ActiveTestAnswer(int sequence) implements Pdu {}

    /** CMPP_TERMINATE. */
    record Terminate(int sequence) implements Pdu {}

    /** CMPP_TERMINATE_RESP. */
    record TerminateAnswer(int sequence) implements Pdu {}

    /** A command that no service provider needs, such as CMPP_QUERY or CMPP_FWD. */
    record Other(int sequence, int command, byte[] body) implements Pdu {

        @Override
        public String toString() {
            return "Other[" + Integer.toHexString(command) + "]";
        }
    }
}
