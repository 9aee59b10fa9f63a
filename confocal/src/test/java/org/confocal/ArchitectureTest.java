package org.confocal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Each library is known in one place, and nowhere else in the product. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.confocal");

    private static void onlyIn(String home, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(PRODUCT);
    }

    @Test
    void theWholeProductWasSeen() {
        assertThat(PRODUCT.size()).isGreaterThan(400);
    }

    @Test
    void smackIsKnownToTheXmppAdapterOnly() {
        onlyIn("org.confocal.xmpp..", "org.jivesoftware..", "org.jitsi..");
    }

    @Test
    void nettyIsKnownToTheXmppAdapterOnly() {
        onlyIn("org.confocal.xmpp..", "io.netty..");
    }

    @Test
    void lettuceIsKnownToTheJournalsReplicaOnly() {
        onlyIn("org.confocal.journal.redis..", "io.lettuce..");
    }

    @Test
    void jettyAndMetersAreKnownToTheHttpSideOnly() {
        onlyIn("org.confocal.health..", "org.eclipse.jetty..", "io.micrometer..");
    }

    @Test
    void hoconIsReadByTheConfigurationOnly() {
        onlyIn("org.confocal.config..", "com.typesafe.config..");
    }

    @Test
    void theAdapterAndTheHttpSideDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("org.confocal.health..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.confocal.xmpp..")
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage("org.confocal.xmpp..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.confocal.health..")
                .check(PRODUCT);
    }
}
