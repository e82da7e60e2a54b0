package io.guanjia.gateway.accounts;

import io.guanjia.gateway.channel.ManagedAccounts;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A channel of which only the settings matter. */
final class Carrier implements ManagedAccounts<Carrier.Line> {

    final List<List<Line>> used = new ArrayList<>();

    /** What keeps it from taking any accounts; null where nothing does. */
    volatile @Nullable RuntimeException outOfOrder;

    private final String channel;

    Carrier() {
        this("carrier");
    }

    Carrier(String channel) {
        this.channel = channel;
    }

    /** One account of it. */
    record Line(
            String name,
            String user,
            String password,
            @Nullable String pin,
            @Nullable Speed speed,
            @DefaultValue("5s") Duration timeout,
            @DefaultValue Map<String, Pace> pace,
            @DefaultValue Map<String, Double> rate,
            @Nullable URI gate) {

        enum Speed {
            SLOW,
            FAST
        }

        record Pace(int messages) {
            Pace {
                if (messages < 1) {
                    throw new IllegalArgumentException("messages must be above 0");
                }
            }
        }

        Line {
            var problems = new ArrayList<String>();
            if (name.length() > 8) {
                problems.add("name must be short; it stands in the address");
            }
            if (user.length() != 6) {
                problems.add("user must be 6 digits: 企业代码");
            }
            if (password == null || password.length() < 4) {
                problems.add("password must be longer");
            }
            if (gate != null && gate.getHost() == null) {
                problems.add("gate must be an address such as tcp://10.0.0.1:7890");
            }
            rate.forEach(
                    (way, each) -> {
                        if (each <= 0) {
                            problems.add("rate." + way + " must be above 0");
                        }
                    });
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
        }

        @Override
        public String toString() {
            return "Line[" + name + "]";
        }
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public Class<Line> type() {
        return Line.class;
    }

    @Override
    public List<Field> fields() {
        return List.of(
                Field.text("name", "名称"),
                Field.text("user", "企业代码"),
                Field.secret("password", "密码"),
                Field.secret("pin", "验证码").optional(),
                Field.choice("speed", "速率", "slow", "fast"),
                Field.text("timeout", "超时").optional(),
                Field.number("rate.send", "流速"),
                Field.address("gate", "网关地址").optional());
    }

    @Override
    public List<Line> fromSettings() {
        return List.of(
                new Line(
                        "file",
                        "000000",
                        "from-file",
                        null,
                        null,
                        Duration.ZERO,
                        Map.of(),
                        Map.of(),
                        null));
    }

    @Override
    public void replaceAccounts(List<Line> accounts) {
        var failure = outOfOrder;
        if (failure != null) {
            throw failure;
        }
        used.add(accounts);
    }
}
