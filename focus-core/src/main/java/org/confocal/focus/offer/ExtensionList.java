package org.confocal.focus.offer;

import java.util.ArrayList;
import java.util.List;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.model.MediaDescription.HeaderExtension;

/** Collects the header extensions that are switched on, in the order in which they are added. */
final class ExtensionList {
    static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

    private final List<HeaderExtension> extensions = new ArrayList<>();

    void add(CodecConfig.Extension extension, String uri) {
        if (extension.enabled()) {
            extensions.add(new HeaderExtension(extension.id(), uri));
        }
    }

    List<HeaderExtension> toList() {
        return List.copyOf(extensions);
    }
}
