package io.guanjia.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shape of the whole: src → adapters and community → gateway, and no circles. */
@AnalyzeClasses(packages = "io.guanjia", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String[] DEVELOPMENT = {
        "io.guanjia.sandbox..", "io.guanjia.embedded..", "io.guanjia.launcher.."
    };

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

    @ArchTest
    static final ArchRule NO_TEST_LIBRARY_IN_PRODUCTION =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(DEVELOPMENT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.mockito..", "org.junit..", "org.assertj..");
}
