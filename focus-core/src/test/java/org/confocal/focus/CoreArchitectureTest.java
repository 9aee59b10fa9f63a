package org.confocal.focus;

import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the design, and what the core may not know. */
class CoreArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.confocal.focus");

    private static final Pattern SYNCHRONIZED_BLOCK = Pattern.compile("\\bsynchronized\\s*\\(");

    private static final String[] PURE = {
        "org.confocal.focus.model..",
        "org.confocal.focus.source..",
        "org.confocal.focus.offer..",
        "org.confocal.focus.conference..",
        "org.confocal.focus.config..",
        "org.confocal.focus.authentication.."
    };

    @Test
    void theRulesBelowHaveSeenTheCore() {
        assertThat(CORE).hasSizeGreaterThan(150);
        for (String pure : PURE) {
            String name = pure.substring(0, pure.length() - 2);
            assertThat(CORE).as(name).anyMatch(c -> c.getPackageName().startsWith(name));
        }
        assertThat(CORE).noneMatch(c -> c.getSimpleName().endsWith("Test"));
    }

    @Test
    void coreKnowsNoTransportAndNoServer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.jivesoftware..",
                        "org.jxmpp..",
                        "org.jitsi..",
                        "io.netty..",
                        "org.eclipse.jetty..",
                        "io.micrometer..",
                        "com.typesafe..",
                        "java.net..",
                        "java.nio.channels..",
                        "org.confocal.xmpp..",
                        "org.confocal.health..",
                        "org.confocal.config..")
                .check(CORE);
    }

    @Test
    void decisionsKnowNoThreadNoClockAndNoLog() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.concurrent..",
                        "org.slf4j..",
                        "org.confocal.focus.runtime..",
                        "org.confocal.focus.fleet..",
                        "org.confocal.focus.serial..",
                        "org.confocal.focus.port..")
                .check(CORE);
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        ThreadLocal.class,
                        Clock.class,
                        InstantSource.class,
                        Random.class,
                        ThreadLocalRandom.class)
                .check(CORE);
    }

    @Test
    void nobodyReadsAClockOrMakesRandomNumbersBehindTheBack() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .check(CORE);
    }

    @Test
    void nothingIsSynchronizedOrVolatile() {
        noMethods().should().haveModifier(SYNCHRONIZED).check(CORE);
        noFields().should().haveModifier(VOLATILE).check(CORE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks..")
                .check(CORE);
    }

    @Test
    void noBlockIsSynchronized() throws IOException {
        // Neither a modifier nor a dependency, so the classes above do not show it; the sources do.
        assertThat("synchronized (this) {").containsPattern(SYNCHRONIZED_BLOCK);
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(100);
            for (Path source : sources) {
                assertThat(Files.readString(source)).as("%s", source).doesNotContainPattern(SYNCHRONIZED_BLOCK);
            }
        }
    }

    @Test
    void packagesOfTheCoreDependOnEachOtherInOneDirection() {
        slices().matching("org.confocal.focus.(*)..").should().beFreeOfCycles().check(CORE);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.confocal.focus.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.confocal.focus.runtime..")
                .check(CORE);
        classes()
                .that()
                .resideInAPackage("org.confocal.focus.serial..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "org.confocal.focus.serial..")
                .check(CORE);
    }
}
