package io.guanjia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;

import io.guanjia.contract.ReadmeTable;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.lang.model.element.Modifier;

/** What holds for every channel of the application, without a list of them. */
final class ChannelsTest {

    private static final Path ROOT = Path.of(System.getProperty("guanjia.root", ".."));

    private final Channels channels = Gateway.shared().bean(Channels.class);

    @Test
    void everyChannelIsHeldToTheContract() throws IOException {
        assertThat(contracts())
                .as(
                        "channels named by @ContractOf on tests in adapters/ that extend"
                                + " ChannelContract")
                .containsExactlyInAnyOrderElementsOf(
                        channels.all().stream().map(Channel::name).toList());
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

    /** The channels of all tests that run the whole contract. */
    private static List<String> contracts() throws IOException {
        var types = new HashMap<String, ClassTree>();
        try (var modules = Files.list(ROOT.resolve("adapters"))) {
            for (var module : modules.toList()) {
                var tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    JavaSources.below(tests).stream()
                            .flatMap(unit -> unit.getTypeDecls().stream())
                            .filter(ClassTree.class::isInstance)
                            .map(ClassTree.class::cast)
                            .forEach(type -> types.put(type.getSimpleName().toString(), type));
                }
            }
        }
        return types.values().stream()
                .filter(type -> !type.getModifiers().getFlags().contains(Modifier.ABSTRACT))
                .filter(type -> annotation(type, "Disabled").isEmpty())
                .filter(type -> descends(type, types))
                .flatMap(type -> annotation(type, "ContractOf").stream())
                .toList();
    }

    private static boolean descends(ClassTree type, Map<String, ClassTree> types) {
        for (var each = type; each != null && each.getExtendsClause() != null; ) {
            var parent = each.getExtendsClause().toString();
            if (parent.equals("ChannelContract")) {
                return true;
            }
            each = types.get(parent);
        }
        return false;
    }

    /** What an annotation of that name says; empty text for one that says nothing. */
    private static Optional<String> annotation(ClassTree type, String name) {
        return type.getModifiers().getAnnotations().stream()
                .filter(each -> each.getAnnotationType().toString().equals(name))
                .findFirst()
                .map(
                        each ->
                                each.getArguments().isEmpty()
                                        ? ""
                                        : each.getArguments()
                                                .getFirst()
                                                .toString()
                                                .replaceFirst("^value = ", "")
                                                .replace("\"", ""));
    }
}
