package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.wecom.MassSend.Result;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Everything that the corporation ever wanted sent, and how much each recipient had: as many in a
 * month as it has days. Safe for use by several threads. Source: 企业微信开发者中心, 创建企业群发 (92135).
 */
final class MassSends {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final WecomAccount account;
    private final Map<String, MassSend> sends = new LinkedHashMap<>();
    private final Map<String, List<Instant>> received = new HashMap<>();

    MassSends(WecomAccount account) {
        this.account = account;
    }

    MassSend create(boolean toGroups, List<Bubble> said, Map<WecomMember, List<String>> whom) {
        synchronized (account) {
            var id = "msgGCAAAX" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
            var send = new MassSend(this, id, toGroups, said);
            whom.forEach((member, all) -> all.forEach(one -> send.isFor(member, one)));
            sends.put(id, send);
            return send;
        }
    }

    MassSend require(String id) {
        if (id.isEmpty()) {
            throw new CorpRefusal(CorpError.SEND_ID_MISSING);
        }
        synchronized (account) {
            return Optional.ofNullable(sends.get(id))
                    .orElseThrow(() -> new CorpRefusal(CorpError.INVALID_SEND_ID));
        }
    }

    List<MassSend> waitingFor(WecomMember member) {
        synchronized (account) {
            return sends.values().stream().filter(one -> one.waitsFor(member)).toList();
        }
    }

    void clear() {
        synchronized (account) {
            sends.clear();
            received.clear();
        }
    }

    Instant now() {
        return account.now();
    }

    String described(List<Bubble> said) {
        return said.stream()
                .map(one -> one.text().isEmpty() ? "[" + one.kind() + "]" : one.text())
                .collect(Collectors.joining(" "));
    }

    void confirm(MassSend send, WecomMember member) {
        synchronized (account) {
            send.goesOut(member);
        }
    }

    /** Whether a recipient has had all that there may be this month. */
    boolean isFull(String recipient) {
        synchronized (account) {
            var month = YearMonth.from(now().atZone(CHINA));
            var had = received.getOrDefault(recipient, List.of());
            return had.stream().filter(at -> YearMonth.from(at.atZone(CHINA)).equals(month)).count()
                    >= month.lengthOfMonth();
        }
    }

    Result reach(String recipient, MassSend send, WecomMember member) {
        var phones = phones(recipient, send.toGroups(), member);
        if (phones.isEmpty()) {
            return Result.NO_FRIEND;
        }
        if (isFull(recipient)) {
            return Result.TOO_MANY;
        }
        received.computeIfAbsent(recipient, one -> new ArrayList<>()).add(now());
        var note = member.id() + (send.toGroups() ? " 群发到群聊" : " 群发");
        phones.get()
                .forEach(
                        one ->
                                send.said()
                                        .forEach(
                                                said -> one.screen().show(said.line(now(), note))));
        return new Result(1, Optional.of(now()));
    }

    /** Where something sent to a recipient can be seen; empty where it cannot be sent. */
    private Optional<List<WecomCustomer>> phones(
            String recipient, boolean toGroups, WecomMember member) {
        return toGroups
                ? account.group(recipient)
                        .filter(group -> group.owner().equals(member))
                        .map(WecomGroup::customers)
                : account.findCustomer(recipient)
                        .filter(customer -> customer.isFriendOf(member))
                        .map(List::of);
    }
}
