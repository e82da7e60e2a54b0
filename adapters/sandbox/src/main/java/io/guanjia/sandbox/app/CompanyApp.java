package io.guanjia.sandbox.app;

import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.history.Change;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.phone.PhoneAccount;

import org.jspecify.annotations.Nullable;

import reactor.netty.resources.ConnectionProvider;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/** One app of the company's, with everybody who has it on their phone. Safe for several threads. */
public final class CompanyApp implements PhoneAccount {

    private final String name;
    private final AppCredentials credentials;
    private final CompanyLogin login;
    private final GatewayCalls gateway;
    private final Surroundings around;
    private final Faults faults;
    private final Files files = new Files();
    private final Map<String, AppPhone> phones = new ConcurrentHashMap<>();
    private final History<Push> pushes;
    private final Set<String> shown = ConcurrentHashMap.newKeySet();

    CompanyApp(
            String name,
            AppCredentials credentials,
            URI gateway,
            Surroundings around,
            Clock clock,
            ConnectionProvider connections) {
        this.name = name;
        this.credentials = credentials;
        this.login = new CompanyLogin(credentials, clock);
        this.gateway = new GatewayCalls(name, gateway, connections);
        this.around = around;
        this.faults = new Faults(around.seed());
        this.pushes = new History<>(around.historySize());
    }

    /**
     * A call of the push service, whatever came of it.
     *
     * @param status the answer's; 0 for none
     * @param outcome {@code shown}, {@code repeated}, {@code no-phone}, {@code unsigned}, {@code
     *     malformed} or the fault that struck
     */
    public record Push(long number, Instant at, String id, int status, String outcome) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return "小管家 App";
    }

    @Override
    public List<AppPhone> customers() {
        return phones.values().stream().sorted(Comparator.comparing(AppPhone::since)).toList();
    }

    /** Somebody of that name, who has signed in and is connected from the first time on. */
    @Override
    public AppPhone meet(String customer) {
        var id = AppPhone.idOf(customer);
        var phone = phones.computeIfAbsent(id, _ -> new AppPhone(this, id, customer));
        phone.comesIn();
        publish("customers", "");
        return phone;
    }

    @Override
    public Optional<AppPhone> find(String id) {
        return Optional.ofNullable(phones.get(id));
    }

    /** Whose phone the gateway knows by that name, which for visitors is another than ours. */
    @Nullable AppPhone knownAs(String party) {
        return phones.values().stream()
                .filter(phone -> phone.isKnownAs(party))
                .findAny()
                .orElse(null);
    }

    /** What goes wrong with pushes; the target is {@code push}. */
    @Override
    public Faults faults() {
        return faults;
    }

    /** The latest calls of the push service. */
    public History<Push> pushes() {
        return pushes;
    }

    /** Whether a push has not been shown before. */
    boolean isNew(String push) {
        return shown.add(push);
    }

    void pushed(LongFunction<Push> make) {
        pushes.add(make);
        publish("calls", "");
    }

    AppCredentials credentials() {
        return credentials;
    }

    CompanyLogin login() {
        return login;
    }

    GatewayCalls gateway() {
        return gateway;
    }

    Files files() {
        return files;
    }

    Instant now() {
        return around.clock().instant();
    }

    int chatKept() {
        return around.chatKept();
    }

    /** Where the page finds a file that a phone has fetched. */
    String addressOf(String file) {
        return around.address().get() + "/app/files/" + name + '/' + file;
    }

    void publish(String what, String party) {
        around.changes().publish(new Change(AppPlatform.NAME, name, what, party));
    }

    void reset() {
        phones.values().forEach(AppPhone::goesAway);
        phones.clear();
        pushes.clear();
        shown.clear();
        faults.clear();
        files.clear();
        publish("customers", "");
    }
}
