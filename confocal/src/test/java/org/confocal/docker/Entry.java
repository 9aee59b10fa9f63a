package org.confocal.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The image's entry script in a folder of its own, with nothing of this process's environment but the path. */
record Entry(Path folder) {
    /** The folder {@code docker/confocal} of the sources. */
    static final Path SCRIPTS =
            Path.of("..", "docker", "confocal").toAbsolutePath().normalize();

    /** Without this no start is possible; every case has it. */
    static final Map<String, String> LEAST = Map.of("JICOFO_AUTH_PASSWORD", "secret");

    record Result(int exitCode, String out, String err) {}

    /** The configuration that the script writes. */
    Path file() {
        return folder.resolve("run/config/jicofo.conf");
    }

    /** What stands for the volume {@code /config}. */
    Path given() {
        return folder.resolve("config");
    }

    ProcessBuilder process(Map<String, String> environment, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(SCRIPTS.resolve("entry").toString());
        builder.command().addAll(List.of(arguments));
        Map<String, String> all = builder.environment();
        String path = all.getOrDefault("PATH", "/usr/bin:/bin");
        all.clear();
        all.put("PATH", path);
        all.put("CONFOCAL_HOME", folder.resolve("home").toString());
        all.put("CONFOCAL_CONFIG_DIR", given().toString());
        all.put("CONFOCAL_RUN_DIR", folder.resolve("run").toString());
        all.putAll(environment);
        return builder;
    }

    Result run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = process(environment, arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the entry script does not end: " + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Has the script write the configuration for {@link #LEAST} and these. */
    Result write(Map<String, String> environment) throws IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(LEAST);
        all.putAll(environment);
        return run(all, "--write");
    }
}
