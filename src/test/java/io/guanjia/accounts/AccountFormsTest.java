package io.guanjia.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.ManagedAccounts.Field;
import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What the console asks for an account, and what the settings file takes. */
final class AccountFormsTest {

    /** The name is asked for by itself; a line's address is its host and port. */
    private static final Set<String> OTHERWISE = Set.of("name", "sms-cmpp/api-base");

    /** A push bears a signature made with its secret; a picture's address is only passed on. */
    private static final Set<String> NO_SECRETS_GO_TO =
            Set.of("app/push-webhook", "weibo/article-image");

    @Test
    void theConsoleHasAFieldForEverySettingOfAnAccount() {
        var channels = Gateway.shared().beans(ManagedAccounts.class);
        assertThat(channels).hasSizeGreaterThan(5);

        for (ManagedAccounts<?> channel : channels) {
            var keys = channel.fields().stream().map(Field::key).toList();
            var missing =
                    Arrays.stream(channel.type().getRecordComponents())
                            .map(component -> key(component.getName()))
                            .filter(
                                    key ->
                                            !OTHERWISE.contains(key)
                                                    && !OTHERWISE.contains(
                                                            channel.channel() + "/" + key))
                            .filter(
                                    key ->
                                            keys.stream()
                                                    .noneMatch(
                                                            each ->
                                                                    each.equals(key)
                                                                            || each.startsWith(
                                                                                    key + ".")))
                            .toList();

            assertThat(missing).as(channel.channel()).isEmpty();
            assertThat(keys).as(channel.channel()).doesNotHaveDuplicates();
        }
    }

    /** Whoever changes an address says the secrets again, so that they go nowhere unknown. */
    @Test
    void theFormsKnowWhichAddressesTheSecretsGoTo() {
        for (ManagedAccounts<?> channel : Gateway.shared().beans(ManagedAccounts.class)) {
            var addresses =
                    Arrays.stream(channel.type().getRecordComponents())
                            .filter(AccountFormsTest::isWhereWeCall)
                            .map(component -> key(component.getName()))
                            .filter(
                                    key ->
                                            !NO_SECRETS_GO_TO.contains(
                                                    channel.channel() + "/" + key))
                            .toList();

            assertThat(channel.fields())
                    .as(channel.channel())
                    .filteredOn(field -> addresses.contains(field.key()))
                    .allMatch(field -> field.kind() == Field.Kind.ADDRESS);
        }
    }

    @Test
    void nothingThatHasToBeFilledInIsFoldedAway() {
        for (ManagedAccounts<?> channel : Gateway.shared().beans(ManagedAccounts.class)) {
            assertThat(channel.fields())
                    .as(channel.channel())
                    .noneMatch(field -> field.advanced() && field.required());
        }
    }

    private static boolean isWhereWeCall(RecordComponent component) {
        return component.getType() == URI.class
                || Set.of("host", "port").contains(component.getName());
    }

    /** As settings write it: {@code appId} is {@code app-id}. */
    private static String key(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
