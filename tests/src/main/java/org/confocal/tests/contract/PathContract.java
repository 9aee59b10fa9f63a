package org.confocal.tests.contract;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

/** That each path answers with the status and the type that it should. */
final class PathContract {
    private PathContract() {}

    /** @param lines of {@code paths.txt}: method, path, status, type, and after {@code <} a body */
    static void check(List<String> lines, HttpFace http, Findings findings) throws IOException {
        for (String line : lines) {
            String[] parts = line.split(" < ", 2);
            String[] words = parts[0].split(" ", -1);
            String asked = words[0] + " " + words[1];
            findings.check();
            HttpResponse<String> response = http.send(words[0], words[1], parts.length > 1 ? parts[1] : "", "*/*");
            if (response.statusCode() != Integer.parseInt(words[2])) {
                findings.missing(asked + ": " + response.statusCode() + " in place of " + words[2]);
                continue;
            }
            String type = response.headers().firstValue("Content-Type").orElse("none");
            if (!words[3].equals("-") && !type.startsWith(words[3])) {
                findings.wrong(asked + ": " + type + " in place of " + words[3]);
            }
        }
    }
}
