package org.confocal.journal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.confocal.journal");

    @Test
    void theRuleBelowSeesTheClasses() {
        assertThat(classes.size()).isGreaterThan(10);
    }

    @Test
    void itKnowsThePortAndNothingOfConferencesOrStanzas() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "org.confocal.journal..",
                        "org.confocal.focus.journal..",
                        "io.lettuce..")
                .check(classes);
    }

    @Test
    void onlyTheReplicaKnowsRedis() {
        classes()
                .that()
                .resideOutsideOfPackage("org.confocal.journal.redis..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("org.confocal.journal.redis..", "io.lettuce..")
                .check(classes);
    }
}
