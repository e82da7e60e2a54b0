package io.guanjia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;

import io.guanjia.contract.ReadmeTable;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import javax.lang.model.element.Modifier;

/** What holds for every channel of the application, without a list of them. */
final class ChannelsTest {

    private static final Path ROOT = Path.of(System.getProperty("guanjia.root", ".."));

    private final Channels channels = Gateway.shared().bean(Channels.class);

    @Test
    void everyChannelIsHeldToTheContract() throws IOException {
        assertThat(folders().stream().flatMap(folder -> folder.contracts().stream()))
                .as(
                        "channels named by @ContractOf on tests in adapters/ that extend"
                                + " ChannelContract")
                .containsExactlyInAnyOrderElementsOf(
                        channels.all().stream().map(Channel::name).toList());
    }

    /** Whether or not the application knows of it yet. */
    @Test
    void noFolderBringsAChannelWithoutItsContract() throws IOException {
        var folders = folders();
        var types = allTypes(folders);

        assertThat(folders).anyMatch(folder -> !folder.channels(types).isEmpty());
        assertThat(folders)
                .filteredOn(folder -> !folder.channels(types).isEmpty())
                .allSatisfy(
                        folder ->
                                assertThat(folder.contracts())
                                        .as(
                                                "tests with @ContractOf that extend ChannelContract"
                                                        + " in %s, which has %s",
                                                folder.path(), folder.channels(types))
                                        .isNotEmpty());
    }

    /** One that is not would be held to nothing that is asked of the whole. */
    @Test
    void everyChannelOfAFolderIsInTheApplication() throws IOException {
        var folders = folders();
        var types = allTypes(folders);

        assertThat(
                        channels.all().stream()
                                .map(channel -> channel.getClass().getSimpleName())
                                .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        folders.stream()
                                .flatMap(folder -> folder.channels(types).stream())
                                .toList());
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

    /** What the sources of one folder in adapters/ declare, by simple name. */
    private record Folder(Path path, Map<String, ClassTree> main, Map<String, ClassTree> tests) {

        /** Its classes that are channels. */
        List<String> channels(Map<String, ClassTree> all) {
            return main.values().stream()
                    .filter(type -> type.getKind() != Tree.Kind.INTERFACE)
                    .filter(type -> !isAbstract(type))
                    .filter(type -> descends(type, "Channel", all))
                    .map(type -> type.getSimpleName().toString())
                    .toList();
        }

        /** The channels of its tests that are run and hold them to the whole contract. */
        List<String> contracts() {
            return tests.values().stream()
                    .filter(type -> !isAbstract(type))
                    .filter(type -> type.getSimpleName().toString().endsWith("Test"))
                    .filter(type -> annotation(type, "Disabled").isEmpty())
                    .filter(type -> descends(type, "ChannelContract", tests))
                    .flatMap(type -> annotation(type, "ContractOf").stream())
                    .toList();
        }
    }

    private static List<Folder> folders() throws IOException {
        var folders = new ArrayList<Folder>();
        try (var found = Files.list(ROOT.resolve("adapters"))) {
            for (var path : found.filter(Files::isDirectory).sorted().toList()) {
                folders.add(
                        new Folder(
                                ROOT.relativize(path),
                                types(path.resolve("src/main/java")),
                                types(path.resolve("src/test/java"))));
            }
        }
        return folders;
    }

    private static Map<String, ClassTree> types(Path sources) {
        return Files.isDirectory(sources)
                ? JavaSources.below(sources).stream()
                        .flatMap(unit -> unit.getTypeDecls().stream())
                        .filter(ClassTree.class::isInstance)
                        .map(ClassTree.class::cast)
                        .collect(
                                Collectors.toMap(
                                        type -> type.getSimpleName().toString(),
                                        type -> type,
                                        (one, _) -> one))
                : Map.of();
    }

    private static Map<String, ClassTree> allTypes(List<Folder> folders) {
        var types = new HashMap<String, ClassTree>();
        folders.forEach(folder -> types.putAll(folder.main()));
        return types;
    }

    private static boolean isAbstract(ClassTree type) {
        return type.getModifiers().getFlags().contains(Modifier.ABSTRACT);
    }

    /** Whether it extends or implements that, itself or by one of {@code types}. */
    private static boolean descends(ClassTree type, String what, Map<String, ClassTree> types) {
        var parents = new ArrayList<Tree>(type.getImplementsClause());
        if (type.getExtendsClause() != null) {
            parents.add(type.getExtendsClause());
        }
        return parents.stream()
                .map(parent -> parent.toString().replaceFirst("<.*", ""))
                .anyMatch(
                        parent -> {
                            var known = types.get(parent);
                            return parent.equals(what)
                                    || (known != null && descends(known, what, types));
                        });
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
