package org.confocal.health;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.confocal.health");

    @Test
    void theRulesBelowSeeTheClasses() {
        assertThat(classes.size()).isGreaterThan(20);
    }

    @Test
    void onlyTheServerAndItsRouterKnowJetty() {
        noClasses()
                .that()
                .haveNameNotMatching(
                        "org\\.confocal\\.health\\.(HealthServer|Dashboard|DashboardFiles|EventStream|AccessGate|Sampling|TlsKeys|HeaderWatch|BodyReader|Router|Reply|StandbyPages)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(classes);
    }

    @Test
    void onlyTheMetersKnowMicrometer() {
        noClasses()
                .that()
                .haveNameNotMatching(
                        "org\\.confocal\\.health\\.(FocusMeters|MeasureCollector|HealthServer|StandbyMeters)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..")
                .check(classes);
    }

    @Test
    void nothingHereKnowsXmpp() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jivesoftware..", "org.jxmpp..", "io.netty..", "org.confocal.xmpp..")
                .check(classes);
    }
}
