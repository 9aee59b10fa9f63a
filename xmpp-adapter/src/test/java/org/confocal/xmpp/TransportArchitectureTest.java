package org.confocal.xmpp;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.Test;

class TransportArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.confocal.xmpp");

    @Test
    void theClassesWereSeen() {
        assertThat(CLASSES).hasSizeGreaterThan(60);
    }

    @Test
    void nettyLivesInTheTwoWaysInAndTheStream() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.confocal.xmpp.component", "org.confocal.xmpp.client", "org.confocal.xmpp.stream")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void nobodyChangesTheTypeOfEveryIq() {
        // Smack 4.4.8 sets it on the one value that all IQs without a type of their own begin with.
        noClasses()
                .should()
                .callMethod(ErrorIQ.class, "builder", StanzaError.class)
                .check(new ClassFileImporter().importPackages("org.confocal"));
    }

    @Test
    void theTransportKnowsNothingOfConferences() {
        DescribedPredicate<JavaClass> journal =
                resideInAnyPackage("org.confocal.focus.journal", "org.confocal.focus.serial");
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.confocal.xmpp",
                        "org.confocal.xmpp.stream",
                        "org.confocal.xmpp.exchange",
                        "org.confocal.xmpp.component",
                        "org.confocal.xmpp.client")
                .and()
                .doNotHaveSimpleName("StanzaProviders") // the one list of how to read stanzas, ours among them
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "org.confocal.focus..", "org.confocal.xmpp.gateway..", "org.confocal.xmpp.codec..")
                        .and(not(journal)))
                .check(CLASSES);
    }
}
