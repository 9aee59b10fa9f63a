package org.confocal.tests.bridge;

import java.util.Optional;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;

/** What a bridge does with a colibri2 request: the books afterwards, and what it says. */
public sealed interface ColibriAnswer {
    /** The books afterwards. A refused request leaves what stood in front of the refused entry (spec/04, 7). */
    BridgeBooks books();

    /** The IQ that answers {@code request}. */
    Element toIq(Element request);

    /** Carried out. */
    record Modified(BridgeBooks books, Element payload) implements ColibriAnswer {
        @Override
        public Element toIq(Element request) {
            return Stanzas.result(request, payload);
        }
    }

    /**
     * Refused.
     *
     * @param reason of colibri2; absent where JVB gives none
     * @param endpoint the unknown one
     */
    record Refused(BridgeBooks books, String condition, Optional<String> reason, String text, Optional<String> endpoint)
            implements ColibriAnswer {
        @Override
        public Element toIq(Element request) {
            Element[] details = reason.map(each -> new Element[] {detail(each)}).orElseGet(() -> new Element[0]);
            return Stanzas.error(request, "cancel", condition, Optional.of(text), details);
        }

        private Element detail(String each) {
            Element error = Element.of("error", Ns.COLIBRI2).with("reason", each);
            return endpoint.map(id -> error.add(Element.of("endpoint").with("id", id)))
                    .orElse(error);
        }
    }
}
