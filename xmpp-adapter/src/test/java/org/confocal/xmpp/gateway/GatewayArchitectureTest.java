package org.confocal.xmpp.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class GatewayArchitectureTest {
    private static final String CODEC = "org.confocal.xmpp.codec..";
    private static final String GATEWAY = "org.confocal.xmpp.gateway..";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.confocal.xmpp");

    @Test
    void codecsArePure() {
        noClasses()
                .that()
                .resideInAPackage(CODEC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        GATEWAY, "java.util.concurrent..", "java.time..", "java.net..", "org.slf4j..", "io.netty..")
                .check(classes);
    }

    @Test
    void gatewaysKnowConnectionsOnlyByTheirInterface() {
        noClasses()
                .that()
                .resideInAPackage(GATEWAY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.confocal.xmpp.component..",
                        "org.confocal.xmpp.client..",
                        "org.confocal.xmpp.stream..",
                        "io.netty..",
                        "java.net..")
                .check(classes);
    }

    @Test
    void onlyTheAdapterItsConfigurationAndItsTimersAreSeenFromOutside() {
        classes()
                .that()
                .resideInAPackage(GATEWAY)
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .haveNameMatching(".*\\.(XmppFocusAdapter|AdapterConfig|Timers)")
                .check(classes);
    }

    @Test
    void rulesSawTheClasses() {
        assertThat(classes.stream().filter(each -> each.getPackageName().endsWith(".codec")))
                .hasSizeGreaterThan(15);
        assertThat(classes.stream().filter(each -> each.getPackageName().endsWith(".gateway")))
                .hasSizeGreaterThan(12);
    }
}
