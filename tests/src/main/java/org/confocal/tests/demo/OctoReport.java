package org.confocal.tests.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.confocal.tests.demo.CascadeCheck.Cascade;

/**
 * What a run over several bridges measured: the fields of the plain demo, and more.
 *
 * @param cascades how each room's bridges were linked once all its people were there
 */
record OctoReport(@JsonUnwrapped DemoReport plain, List<Cascade> cascades) implements Report {
    OctoReport {
        cascades = List.copyOf(cascades);
    }

    @Override
    @JsonIgnore
    public List<String> errors() {
        return plain.errors();
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder(300);
        cascades.forEach(cascade -> text.append(cascade.room())
                .append(": ")
                .append(cascade.topology())
                .append(' ')
                .append(cascade.bridges())
                .append('\n'));
        return text.append(plain.toText()).toString();
    }
}
