package org.confocal.strategy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this module may use (the arrows of the architecture). */
class ModuleRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target/classes"));

    @Test
    void theRulesSeeTheClassesOfThisModule() throws IOException {
        List<String> sources = sources().stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .filter(name -> !name.equals("package-info"))
                .toList();

        assertThat(sources).hasSizeGreaterThanOrEqualTo(22);
        assertThat(CLASSES.stream().filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName))
                .contains(sources.toArray(String[]::new));
        assertThat(CLASSES.size()).isGreaterThanOrEqualTo(45);
    }

    @Test
    void nothingButTheLanguageAndItsValuesIsUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "org.confocal.strategy..",
                        "java.io",
                        "java.nio.charset",
                        "org.jspecify.annotations",
                        "java.lang",
                        "java.lang.annotation",
                        "java.lang.invoke",
                        "java.lang.reflect",
                        "java.lang.runtime",
                        "java.time",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream"))
                .check(CLASSES);
    }

    @Test
    void pricesKnowNoCascadesAndCascadesKnowNoStrategies() {
        noClasses()
                .that()
                .resideInAPackage("org.confocal.strategy.network")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.confocal.strategy.cascade", "org.confocal.strategy.choice")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.confocal.strategy.cascade")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.confocal.strategy.choice")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.confocal.strategy")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.confocal.strategy.network",
                        "org.confocal.strategy.cascade",
                        "org.confocal.strategy.choice")
                .check(CLASSES);
    }

    @Test
    void onlyTheNamesOfStrategiesAreLookedUpByReflection() {
        noClasses()
                .that(not(JavaClass.Predicates.simpleName("PlugIns")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect")
                .check(CLASSES);
    }

    @Test
    void nothingReadsAClockOrMakesUpNumbers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Clock.class,
                        InstantSource.class,
                        java.util.Random.class,
                        java.util.SplittableRandom.class,
                        java.util.Timer.class)
                .check(CLASSES);
        noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
        noClasses().should().callMethod(System.class, "nanoTime").check(CLASSES);
        noClasses().should().callMethod(Math.class, "random").check(CLASSES);
        noClasses().should().callMethod(UUID.class, "randomUUID").check(CLASSES);
    }

    @Test
    void nothingKnowsThreads() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Runnable.class, ThreadLocal.class)
                .check(CLASSES);
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
        noFields().should().haveModifier(JavaModifier.VOLATILE).check(CLASSES);
    }

    @Test
    void synchronizedBlocksDoNotOccurInTheSource() throws IOException {
        assertThat(sources())
                .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("synchronized"));
    }

    @Test
    void fieldsDoNotChange() {
        fields().should().beFinal().check(CLASSES);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/confocal/strategy"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
