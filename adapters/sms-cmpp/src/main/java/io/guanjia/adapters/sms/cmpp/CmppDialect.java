package io.guanjia.adapters.sms.cmpp;

import io.guanjia.adapters.sms.line.Dialect;
import io.guanjia.cmpp.protocol.Authenticator;
import io.guanjia.cmpp.protocol.CmppCodec;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.Version;
import io.netty.channel.ChannelHandler;

import java.time.Clock;

/** CMPP on a line. */
final class CmppDialect implements Dialect<Pdu> {

    private final CmppAccount account;
    private final Clock clock;

    CmppDialect(CmppAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    @Override
    public ChannelHandler codec() {
        return new CmppCodec(account.protocol());
    }

    @Override
    public Class<Pdu> type() {
        return Pdu.class;
    }

    @Override
    public Login<Pdu> login() {
        int timestamp = Authenticator.timestamp(clock.instant());
        var proof = Authenticator.ofSource(account.sourceAddr(), account.secret(), timestamp);
        return new CmppLogin(proof, timestamp);
    }

    private final class CmppLogin implements Login<Pdu> {

        private final byte[] proof;
        private final int timestamp;

        CmppLogin(byte[] proof, int timestamp) {
            this.proof = proof;
            this.timestamp = timestamp;
        }

        @Override
        public Pdu question(int sequence) {
            return new Pdu.Connect(
                    sequence,
                    account.sourceAddr(),
                    proof,
                    account.protocol().onTheWire(),
                    timestamp);
        }

        @Override
        public Verdict judge(Pdu answer) {
            if (!(answer instanceof Pdu.ConnectAnswer(_, int status, byte[] theirs, _))) {
                return new Verdict.Refused("no answer to CMPP_CONNECT");
            }
            if (status != 0) {
                return new Verdict.Refused("status " + status + words(status));
            }
            return !account.checkAuthenticator() || isTheirs(theirs)
                    ? new Verdict.Welcome()
                    : new Verdict.Refused("the gateway does not know the secret");
        }

        /** Gateways have been seen to take the width of the other version. */
        private boolean isTheirs(byte[] theirs) {
            var ok = false;
            for (var version : Version.values()) {
                ok |=
                        Authenticator.same(
                                theirs,
                                Authenticator.ofGateway(0, proof, account.secret(), version));
            }
            return ok;
        }
    }

    private static String words(int status) {
        return switch (status) {
            case 1 -> " 消息结构错";
            case 2 -> " 非法源地址";
            case 3 -> " 认证错";
            case 4 -> " 版本太高";
            default -> "";
        };
    }

    @Override
    public int sequence(Pdu pdu) {
        return pdu.sequence();
    }

    @Override
    public Meaning meaning(Pdu pdu) {
        return switch (pdu) {
            case Pdu.Deliver _ -> Meaning.REQUEST;
            case Pdu.ActiveTest _ -> Meaning.ACTIVE_TEST;
            case Pdu.Terminate _ -> Meaning.TERMINATE;
            default -> pdu.isAnswer() ? Meaning.ANSWER : Meaning.NOISE;
        };
    }

    @Override
    public Pdu activeTest(int sequence) {
        return new Pdu.ActiveTest(sequence);
    }

    @Override
    public Pdu terminate(int sequence) {
        return new Pdu.Terminate(sequence);
    }

    @Override
    public Pdu answer(Pdu question) {
        return question instanceof Pdu.Terminate
                ? new Pdu.TerminateAnswer(question.sequence())
                : new Pdu.ActiveTestAnswer(question.sequence());
    }
}
