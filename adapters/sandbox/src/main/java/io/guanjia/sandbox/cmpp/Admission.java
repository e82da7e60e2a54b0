package io.guanjia.sandbox.cmpp;

import io.guanjia.cmpp.protocol.Authenticator;
import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.Pdu;

/** What the carrier lets pass. On the event loop only. */
final class Admission {

    private final CarrierSettings settings;
    private long second;
    private int taken;

    Admission(CarrierSettings settings) {
        this.settings = settings;
    }

    /** The Status of a login. */
    int judge(Pdu.Connect connect) {
        if (connect.version() > settings.version().onTheWire()) {
            return 4;
        }
        var right =
                Authenticator.ofSource(
                        settings.sourceAddress(), settings.secret(), connect.timestamp());
        return Authenticator.same(right, connect.authenticator()) ? 0 : 3;
    }

    /** The Result of a submit. */
    int judge(Pdu.Submit submit) {
        if (!submit.spId().equals(settings.sourceAddress())) {
            return 11;
        }
        if (!submit.sourceId().startsWith(settings.srcId())) {
            return 10;
        }
        if (!settings.serviceId().isEmpty() && !submit.serviceId().equals(settings.serviceId())) {
            return 7;
        }
        if (submit.data().content().length > (submit.data().format() == MsgFmt.ASCII ? 159 : 140)) {
            return 6;
        }
        if (!submit.destinations().stream().allMatch(one -> one.matches("\\d{3,20}"))) {
            return 13;
        }
        return isInPace() ? 0 : 8;
    }

    private boolean isInPace() {
        long now = System.nanoTime() / 1_000_000_000;
        if (now != second) {
            second = now;
            taken = 0;
        }
        var rate = settings.rate();
        return rate == null || ++taken <= rate;
    }
}
