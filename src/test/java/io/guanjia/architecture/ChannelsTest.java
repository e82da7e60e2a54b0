package io.guanjia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.guanjia.contract.ReadmeTable;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.running.Gateway;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What holds for every channel of the application, without a list of them. */
final class ChannelsTest {

    private static final Path ROOT = Path.of(System.getProperty("guanjia.root", ".."));

    /** A module's folder, in the path of its classes or its jar. */
    private static final Pattern MODULE = Pattern.compile("adapters/([^/]+)/target/");

    private static final Pattern SUBCLASS =
            Pattern.compile("(abstract\\s+)?(?:final\\s+)?class\\s+(\\w+)\\s+extends\\s+(\\w+)");

    private final Channels channels = Gateway.shared().bean(Channels.class);

    @Test
    void everyChannelIsHeldToTheContract() {
        var inModule =
                channels.all().stream().collect(groupingBy(ChannelsTest::module, counting()));

        assertThat(inModule).isNotEmpty();
        inModule.forEach(
                (module, number) ->
                        assertThat(contractTests(module))
                                .as(
                                        "tests in adapters/%s that extend ChannelContract, for its"
                                                + " %d channels",
                                        module, number)
                                .isGreaterThanOrEqualTo(number));
    }

    @Test
    void everyChannelIsInTheReadmesTableAndNothingElse() {
        assertThat(ReadmeTable.rows().stream().map(ReadmeTable::channel))
                .as("channels in the table under ## Channels in README.md")
                .containsExactlyInAnyOrderElementsOf(
                        channels.all().stream().map(Channel::name).toList());
    }

    @Test
    void theReadmeShowsWhatAccountsCarry() {
        for (var channel : channels.all()) {
            for (var account : channel.accounts()) {
                var row = ReadmeTable.row(channel.name(), account);

                assertThat(ReadmeTable.rows())
                        .as("README.md should have this row under ## Channels:%n%s", row)
                        .contains(row);
            }
        }
    }

    private static String module(Channel channel) {
        var place =
                channel.getClass().getProtectionDomain().getCodeSource().getLocation().getPath();
        var module = MODULE.matcher(place);
        assertThat(module.find()).as("%s lies in a module of adapters/", place).isTrue();
        return module.group(1);
    }

    /** How many classes extend it that are no base for others. */
    private static long contractTests(String module) {
        var parents = new HashMap<String, String>();
        var concrete = new HashMap<String, Boolean>();
        try (var files = Files.walk(ROOT.resolve("adapters/" + module + "/src/test/java"))) {
            for (var file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                var subclasses = SUBCLASS.matcher(Files.readString(file));
                while (subclasses.find()) {
                    parents.put(subclasses.group(2), subclasses.group(3));
                    concrete.put(subclasses.group(2), subclasses.group(1) == null);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parents.keySet().stream()
                .filter(name -> concrete.getOrDefault(name, false))
                .filter(name -> descends(name, parents))
                .count();
    }

    private static boolean descends(@Nullable String name, Map<String, String> parents) {
        for (var each = name; each != null; each = parents.get(each)) {
            if (each.equals("ChannelContract")) {
                return true;
            }
        }
        return false;
    }
}
