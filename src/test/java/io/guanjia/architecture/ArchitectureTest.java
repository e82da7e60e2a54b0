package io.guanjia.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;

/** The shape of the whole: src → adapters and community → gateway, and no circles. */
@AnalyzeClasses(packages = "io.guanjia", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String[] DEVELOPMENT = {
        "io.guanjia.sandbox..",
        "io.guanjia.embedded..",
        "io.guanjia.launcher..",
        "io.guanjia.contract.."
    };

    private static final Class<?> MESSAGE_DIGEST = java.security.MessageDigest.class;

    private static final Set<String> COMPARING =
            Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo", "regionMatches");

    /** Types whose every method deals in secrets. */
    private static final Set<String> SECRETIVE = Set.of("Secret", "Signature");

    /** What they are called, wherever they are: {@code appSecret}, {@code accessToken}. */
    private static final Pattern SECRETS =
            Pattern.compile(".*(secret|Secret|token|Token|password|Password|passwordHash)");

    /** And these: {@code aesKey}, {@code callbackKey}. An {@code appKey} is a name. */
    private static final Pattern KEYS = Pattern.compile("key|(?!appKey).*Key");

    /** Whose they are: a channel's accounts, other systems, people. */
    private static final Pattern KEEPERS =
            Pattern.compile(
                    ".*Account|Application|.*Settings|EncryptionKey|ApiToken|User|DeskUser");

    @ArchTest
    static final ArchRule THE_GATEWAY_KNOWS_NO_CHANNEL_AND_NO_APPLICATION =
            noClasses()
                    .that()
                    .resideInAPackage("io.guanjia.gateway..")
                    .should()
                    .dependOnClassesThat(
                            com.tngtech.archunit.base.DescribedPredicate.describe(
                                    "are ours and outside the gateway",
                                    (com.tngtech.archunit.core.domain.JavaClass type) ->
                                            type.getPackageName().startsWith("io.guanjia")
                                                    && !type.getPackageName()
                                                            .startsWith("io.guanjia.gateway")));

    @ArchTest
    static final ArchRule ADAPTERS_DO_NOT_KNOW_THE_APPLICATION =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.guanjia.adapters..", "io.guanjia.weixin..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.guanjia",
                            "io.guanjia.security..",
                            "io.guanjia.web..",
                            "io.guanjia.settings..");

    @ArchTest
    static final ArchRule PRODUCTION_DOES_NOT_KNOW_DEVELOPMENT =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(DEVELOPMENT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(DEVELOPMENT);

    @ArchTest
    static final ArchRule CHANNELS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("io.guanjia.adapters.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule THE_GATEWAYS_PACKAGES_FORM_NO_CIRCLE =
            slices().matching("io.guanjia.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_APPLICATIONS_PACKAGES_FORM_NO_CIRCLE =
            slices().matching("io.guanjia.(security|web|settings)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MESSAGES_NEED_NO_FRAMEWORK =
            noClasses()
                    .that()
                    .resideInAPackage("io.guanjia.gateway.message..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..", "reactor..", "tools.jackson..", "io.netty..");

    @ArchTest
    static final ArchRule REACTOR_KAFKA_CAN_BE_REPLACED_IN_ONE_PLACE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.guanjia.gateway.journal..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("reactor.kafka..");

    @ArchTest
    static final ArchRule WEB_HANDLING_STAYS_OUT_OF_THE_ENGINE =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.guanjia.gateway.conversation..",
                            "io.guanjia.gateway.outbound..",
                            "io.guanjia.gateway.journal..",
                            "io.guanjia.gateway.bot..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework.web..", "org.springframework.http..");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_SOMETHING_IS_FOR =
            classes()
                    .that()
                    .resideInAPackage("io.guanjia..")
                    .should()
                    .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?");

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED =
            noClasses().that().resideOutsideOfPackages(DEVELOPMENT).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule NOBODY_WAITS_FOR_A_PUBLISHER =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(DEVELOPMENT)
                    .should()
                    .callMethod(reactor.core.publisher.Mono.class, "block")
                    .orShould()
                    .callMethod(
                            reactor.core.publisher.Mono.class, "block", java.time.Duration.class)
                    .orShould()
                    .callMethod(reactor.core.publisher.Flux.class, "blockFirst")
                    .orShould()
                    .callMethod(reactor.core.publisher.Flux.class, "blockLast");

    /** Comparing must take as long for a near miss as for a wild guess. */
    @ArchTest
    static final ArchRule SECRETS_ARE_COMPARED_IN_CONSTANT_TIME =
            noCodeUnits()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideOutsideOfPackages(DEVELOPMENT)
                    .should(compareWhatIsSecret());

    /** Records end up in logs and in failures at the start. */
    @ArchTest
    static final ArchRule SECRETS_ARE_NOT_PRINTED =
            classes()
                    .that()
                    .areRecords()
                    .and()
                    .resideOutsideOfPackages(DEVELOPMENT)
                    .should(leaveSecretsOutOfTheirWords());

    @ArchTest
    static final ArchRule NO_TEST_LIBRARY_IN_PRODUCTION =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(DEVELOPMENT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.mockito..", "org.junit..", "org.assertj..");

    /** As far as calls show it: one and the same method asks for a secret and for equality. */
    private static ArchCondition<JavaCodeUnit> compareWhatIsSecret() {
        return new ArchCondition<>("compare secrets by equals") {
            @Override
            public void check(JavaCodeUnit code, ConditionEvents events) {
                var calls = code.getMethodCallsFromSelf();
                var secret = calls.stream().anyMatch(ArchitectureTest::givesASecret);
                calls.stream()
                        .filter(call -> COMPARING.contains(call.getTarget().getName()))
                        .filter(call -> !call.getTargetOwner().isEquivalentTo(MESSAGE_DIGEST))
                        .forEach(
                                call ->
                                        events.add(
                                                new SimpleConditionEvent(
                                                        call, secret, call.getDescription())));
            }
        };
    }

    /** The toString that records have by themselves touches no field that bytecode shows. */
    private static ArchCondition<JavaClass> leaveSecretsOutOfTheirWords() {
        return new ArchCondition<>("leave secrets out of toString") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var secrets =
                        type.getFields().stream()
                                .filter(
                                        field ->
                                                !field.getModifiers().contains(JavaModifier.STATIC))
                                .filter(field -> field.getRawType().isEquivalentTo(String.class))
                                .map(JavaField::getName)
                                .filter(name -> isSecret(name, type))
                                .toList();
                var read =
                        type.getMethod("toString").getAccessesFromSelf().stream()
                                .map(access -> access.getTarget().getName())
                                .toList();
                if (!secrets.isEmpty()) {
                    events.add(
                            new SimpleConditionEvent(
                                    type,
                                    !read.isEmpty() && Collections.disjoint(read, secrets),
                                    type.getName() + " prints " + secrets));
                }
            }
        };
    }

    private static boolean givesASecret(JavaMethodCall call) {
        var owner = call.getTargetOwner();
        return owner.getName().startsWith("io.guanjia.")
                && (SECRETIVE.contains(owner.getSimpleName())
                        || keepsSecrets(owner) && isSecret(call.getTarget().getName(), owner));
    }

    private static boolean keepsSecrets(JavaClass type) {
        return KEEPERS.matcher(type.getSimpleName()).matches();
    }

    private static boolean isSecret(String name, JavaClass owner) {
        return SECRETS.matcher(name).matches()
                || keepsSecrets(owner) && KEYS.matcher(name).matches();
    }
}
