package io.guanjia.adapters.wecom.contact;

import io.guanjia.adapters.wecom.Attachments;
import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.CorpCallbacks;
import io.guanjia.adapters.wecom.CorpMedia;
import io.guanjia.adapters.wecom.task.SendTasks;
import io.guanjia.adapters.wecom.task.TaskAccounts;
import io.guanjia.adapters.wecom.task.TaskStore;
import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.OpenAccounts;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.SharedQuotas;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** 企业微信. Thread-safe; accounts can be exchanged while it works. */
public final class WecomChannel
        implements Channel, ManagedAccounts<WecomAccount>, TaskAccounts, AutoCloseable {

    public static final String NAME = "wecom";

    private final List<WecomAccount> fromSettings;
    private final ConnectionProvider connections = ApiClient.connections(NAME);
    private final SharedTokens tokens;
    private final MediaStore files;
    private final OneTimeCodes codes;
    private final SharedQuotas quotas;
    private final Clock clock;
    private final SendTasks tasks;
    private final OpenAccounts<WecomAccount, Application> atWork = new OpenAccounts<>();
    private volatile Map<String, Application> applications = Map.of();
    private volatile List<ChannelAccount> described = List.of();

    WecomChannel(
            List<WecomAccount> accounts,
            SharedTokens tokens,
            MediaStore files,
            OneTimeCodes codes,
            SharedQuotas quotas,
            TaskStore tasks,
            Clock clock) {
        this.fromSettings = List.copyOf(accounts);
        this.tokens = tokens;
        this.files = files;
        this.codes = codes;
        this.quotas = quotas;
        this.clock = clock;
        this.tasks = new SendTasks(this, tasks, clock);
        replaceAccounts(accounts);
    }

    /** One application at work. */
    private record Application(
            WecomAccount settings,
            CorpCallbacks callbacks,
            CorpApi api,
            CorpMedia media,
            Attachments attachments,
            AppSending sending) {}

    private Application application(WecomAccount settings) {
        var http = new ApiClient(settings.apiBase(), settings.timeout(), connections);
        var api = new CorpApi(settings.corp(), tokens, http, clock);
        var media = new CorpMedia(api, http, files, clock);
        var attachments = new Attachments(media);
        return new Application(
                settings,
                new CorpCallbacks(settings.token(), settings.aesKey(), settings.corpId()),
                api,
                media,
                attachments,
                new AppSending(
                        settings,
                        api,
                        new AppMessage(media),
                        attachments,
                        tasks,
                        codes,
                        new MemberPace(quotas, settings)));
    }

    // --- Accounts --------------------------------------------------------------------------------

    @Override
    public String channel() {
        return NAME;
    }

    @Override
    public Class<WecomAccount> type() {
        return WecomAccount.class;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.text("corp-id", "企业ID"),
                        Field.secret("secret", "Secret"),
                        Field.text("agent-id", "AgentId"),
                        Field.secret("token", "Token"),
                        Field.secret("aes-key", "EncodingAESKey"),
                        Field.address("api-base", "接口地址").optional())
                .timeout("5s")
                .advanced(Field.text("poll-every", "群发结果查询间隔"), "1m")
                .advanced(Field.text("task-lifetime", "群发确认期限"), "7d")
                .pace(WecomAccount.PACE)
                .fields();
    }

    @Override
    public List<WecomAccount> fromSettings() {
        return fromSettings;
    }

    @Override
    public void replaceAccounts(List<WecomAccount> settings) {
        WecomSettings.requireDifferentNames(settings);
        applications =
                atWork.replace(settings, this::application).stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        one -> one.settings().name(), Function.identity()));
        described = settings.stream().map(WecomAccount::described).toList();
    }

    @Override
    public Collection<ChannelAccount> accounts() {
        return described;
    }

    /** What members are asked to send. */
    SendTasks tasks() {
        return tasks;
    }

    @Override
    public Optional<Access> find(String account) {
        return Optional.ofNullable(applications.get(account))
                .map(
                        one ->
                                new Access(
                                        one.api(),
                                        one.attachments(),
                                        one.settings().pollEvery(),
                                        one.settings().taskLifetime()));
    }

    // --- In --------------------------------------------------------------------------------------

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mono<CallbackResponse> handshake(Callback callback) {
        return Mono.fromSupplier(() -> require(callback).callbacks().handshake(callback));
    }

    @Override
    public Mono<Reading> read(Callback callback) {
        return Mono.fromSupplier(
                () -> {
                    var opened = require(callback).callbacks().open(callback);
                    return new Reading(
                            List.of(ContactReader.read(callback, opened)), Acknowledged.INSTANCE);
                });
    }

    @Override
    public Optional<OneTimeCodes.Code> codeOf(InboundMessage message) {
        return ContactReader.welcome(message);
    }

    @Override
    public <T> Mono<T> fetch(Address from, Media media, Function<MediaStream, Mono<T>> use) {
        return Mono.defer(
                () -> {
                    @Nullable Application application = applications.get(from.account());
                    return application == null
                            ? Mono.error(new MediaUnavailable("no such account", false))
                            : application.media().fetch(media, use);
                });
    }

    private Application require(Callback callback) {
        @Nullable Application application = applications.get(callback.account());
        if (application == null) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "account");
        }
        return application;
    }

    // --- Out -------------------------------------------------------------------------------------

    @Override
    public Route route(Content content) {
        return new Route(
                content instanceof Content.Native special && AppSending.isTask(special)
                        ? SendTasks.LABEL
                        : AppSending.LABEL,
                false);
    }

    @Override
    public Route route(OutboundMessage message) {
        return AppSending.isForMembers(message)
                ? new Route(SendTasks.LABEL, false)
                : route(message.content());
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    @Nullable Application application = applications.get(message.to().account());
                    return application == null
                            ? Mono.error(new Blocked("no such account in the settings", null, null))
                            : application.sending().deliver(message);
                });
    }

    @Override
    public Flux<HealthSign> health(String account) {
        return Flux.defer(
                () -> {
                    @Nullable Application application = applications.get(account);
                    return application == null ? Flux.empty() : application.api().health().flux();
                });
    }

    /** Closes the connections to the platform. */
    @Override
    public void close() {
        connections.dispose();
    }

    /** The platform takes any answer with status 200. */
    private enum Acknowledged implements Reading.Answers {
        INSTANCE;

        @Override
        public CallbackResponse acknowledgement() {
            return CallbackResponse.text("success");
        }

        @Override
        public Optional<CallbackResponse> passively(Content content) {
            return Optional.empty();
        }
    }
}
