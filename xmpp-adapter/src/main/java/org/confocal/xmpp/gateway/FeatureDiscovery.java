package org.confocal.xmpp.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.Feature;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.XmppConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.id.StandardStanzaIdSource;
import org.jivesoftware.smackx.caps.EntityCapsManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jxmpp.jid.Jid;

/**
 * What members support, by disco#info (XEP-0030, spec/03 section 1). Equal caps (XEP-0115) are asked once, also where a
 * hundred members of one build join at the same moment; the newest 1,000 answers are kept. An answer counts for others only
 * where it is what the caps are the hash of, so that nobody can speak for a whole client build. Who does not answer has the
 * {@linkplain Feature#DEFAULTS defaults}, and that is not kept.
 *
 * <p>A question holds no receipt while it waits, and is in no journal: a core that goes on from another asks again. What
 * follows from an answer is under the answer's receipt.
 */
final class FeatureDiscovery {
    private static final int MAX_CACHED = 1_000;
    private static final String HASH = "sha-1";

    private final XmppConnection connection;

    // Guards itself; only map operations happen under it.
    private final Map<Caps, Set<Feature>> cache = Collections.synchronizedMap(new Recent());
    private final ConcurrentMap<Caps, List<Question>> inFlight = new ConcurrentHashMap<>();

    FeatureDiscovery(XmppConnection connection) {
        this.connection = connection;
    }

    /** Who asks about whom. */
    private record Question(Jid member, Consumer<Set<Feature>> onFeatures) {}

    /** What a member said. */
    private record Answer(Set<Feature> features, Scope scope) {
        static final Answer NONE = new Answer(Feature.DEFAULTS, Scope.THIS_MEMBER);
    }

    /** Whom an answer is about. */
    private enum Scope {
        THIS_MEMBER,
        EQUAL_CAPS
    }

    /** Answers once: at once from the cache, or on the connection's thread, at the latest after the reply timeout twice. */
    void discover(Jid member, Optional<Caps> caps, Consumer<Set<Feature>> onFeatures) {
        Question question = new Question(member, onFeatures);
        if (caps.isEmpty()) {
            ask(member, caps, answer -> onFeatures.accept(answer.features()));
            return;
        }
        Set<Feature> known = cache.get(caps.get());
        if (known != null) {
            onFeatures.accept(known);
        } else if (isFirst(caps.get(), question)) {
            ask(member, caps, answer -> onAnswer(caps.get(), answer));
        }
    }

    private boolean isFirst(Caps caps, Question question) {
        List<Question> waiting = inFlight.compute(caps, (key, others) -> {
            List<Question> all = others == null ? new ArrayList<>() : new ArrayList<>(others);
            all.add(question);
            return List.copyOf(all);
        });
        return waiting.size() == 1;
    }

    private void onAnswer(Caps caps, Answer answer) {
        keep(caps, answer);
        List<Question> waiting = inFlight.remove(caps);
        if (waiting == null) {
            return;
        }
        switch (answer.scope()) {
            case EQUAL_CAPS -> waiting.forEach(question -> question.onFeatures().accept(answer.features()));
            case THIS_MEMBER -> {
                waiting.get(0).onFeatures().accept(answer.features());
                // The first may have lied or just left, so the others are asked each for itself.
                waiting.stream()
                        .skip(1)
                        .forEach(question -> ask(question.member(), Optional.of(caps), own -> {
                            keep(caps, own);
                            question.onFeatures().accept(own.features());
                        }));
            }
        }
    }

    private void keep(Caps caps, Answer answer) {
        if (answer.scope() == Scope.EQUAL_CAPS) {
            cache.put(caps, answer.features());
        }
    }

    private void ask(Jid member, Optional<Caps> caps, Consumer<Answer> onAnswer) {
        var builder = DiscoverInfo.builder(StandardStanzaIdSource.DEFAULT.getNewStanzaId())
                .ofType(IQ.Type.get)
                .to(member);
        caps.ifPresent(known -> builder.setNode(known.node() + "#" + known.ver()));
        connection.request(builder.build(), reply -> onAnswer.accept(answer(reply, caps)));
    }

    private static Answer answer(IqReply reply, Optional<Caps> caps) {
        if (!(reply instanceof IqReply.Result result && result.iq() instanceof DiscoverInfo info)) {
            return Answer.NONE;
        }
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        info.getFeatures().forEach(each -> Feature.of(each.getVar()).ifPresent(features::add));
        boolean hashed = caps.filter(known -> EntityCapsManager.verifyDiscoverInfoVersion(known.ver(), HASH, info))
                .isPresent();
        return new Answer(Set.copyOf(features), hashed ? Scope.EQUAL_CAPS : Scope.THIS_MEMBER);
    }

    /** Forgets what was not used for longest. */
    private static final class Recent extends LinkedHashMap<Caps, Set<Feature>> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Caps, Set<Feature>> eldest) {
            return size() > MAX_CACHED;
        }
    }
}
