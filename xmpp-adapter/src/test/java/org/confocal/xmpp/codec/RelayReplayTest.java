package org.confocal.xmpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceMachine;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Step;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.ConferenceConfig.Octo;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.junit.jupiter.api.Test;

/**
 * Transcript B, two people in two regions on two bridges, played to the focus: it is told what the recorded focus was told, in
 * that order, and asks bridges for what that one asked, ids of stanzas apart. The recorded one invited both at the same time;
 * here the one whom it invited first comes first.
 */
class RelayReplayTest {
    private static final EndpointId FIRST = new EndpointId("38cad36e");
    private static final EndpointId SECOND = new EndpointId("b34c753d");
    private static final BridgeId JVB1 = new BridgeId("jvbbrewery@internal-muc.meet.jitsi/jvb1");
    private static final BridgeId JVB2 = new BridgeId("jvbbrewery@internal-muc.meet.jitsi/jvb2");
    private static final RoomId ROOM = new RoomId("labhowy3u@muc.meet.jitsi");
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final ConferenceMachine machine =
            new ConferenceMachine(ConferenceConfig.DEFAULTS.with(new Octo(true, false)));
    private final Deque<Effect.ModifyConference> sent = new ArrayDeque<>();
    private final Map<String, RequestId> requests = new HashMap<>();
    private final Map<EndpointId, Effect.DiscoverFeatures> discoveries = new HashMap<>();
    private final Map<EndpointId, SessionId> sessions = new HashMap<>();
    private ConferenceState state = ConferenceState.initial(ROOM, 1, NOW);

    @Test
    void theRecordedConversationWithTwoBridgesIsHadAgain() {
        everybodyComes();
        asks("B021-colibri-create-first", "B024-colibri-create-second");
        asks("B025-relay-create-first", "B026-relay-create-second");

        isTold("B024-colibri-create-second", "B029-colibri-created-second");
        accepts(SECOND, "B032-session-accept-second");
        asks("B033-colibri-update-second", "B034-relay-endpoint-second");
        isTold("B026-relay-create-second", "B037-relay-created-second");
        asks("B039-relay-transport-to-first");
        isTold("B033-colibri-update-second", "B038-colibri-updated-second");

        isTold("B021-colibri-create-first", "B041-colibri-created-first");
        accepts(FIRST, "B044-session-accept-first");
        asks("B045-colibri-update-first", "B046-relay-endpoint-first");
        isTold("B046-relay-endpoint-first", "B051-relay-endpoint-first-done");
        isTold("B025-relay-create-first", "B052-relay-created-first");
        asks("B053-relay-transport-to-second");
        isTold("B053-relay-transport-to-second", "B054-relay-transport-to-second-done");
        isTold("B034-relay-endpoint-second", "B055-relay-endpoint-second-done");
        isTold("B039-relay-transport-to-first", "B056-relay-transport-to-first-done");
        isTold("B045-colibri-update-first", "B057-colibri-updated-first");

        happens(new ConferenceInput.MemberLeft(SECOND, Departure.LEFT));
        asks("B061-colibri-expire-second", "B063-relay-expire");
        isTold("B063-relay-expire", "B070-relay-expired");
        happens(new ConferenceInput.MemberLeft(FIRST, Departure.LEFT));
        asks("B072-colibri-expire-first");

        assertThat(sent).isEmpty();
        assertThat(state.ended()).isTrue();
    }

    private void everybodyComes() {
        happens(new ConferenceInput.Requested(new ConferenceRequest(
                new ConferenceRequest.Origin.Stanza(stanza()),
                ROOM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("rtcstatsEnabled", "false"))));
        happens(new ConferenceInput.RoomJoined(
                new RoomForm(
                        Optional.of(new MeetingId("1cc9f677-1db6-432a-b3dd-3f89cba54d3b")),
                        false,
                        Optional.empty(),
                        false),
                List.of()));
        happens(new ConferenceInput.MemberPresent(member(FIRST, "Emily-PSr", "eu-west")));
        happens(new ConferenceInput.MemberPresent(member(SECOND, "Carmel-jtn", "us-east")));
        discovered(FIRST);
        discovered(SECOND);
    }

    private static MemberPresence member(EndpointId id, String statsId, String region) {
        return new MemberPresence(
                id,
                Optional.empty(),
                MemberRole.PARTICIPANT,
                Optional.empty(),
                Optional.of(new Region(region)),
                Optional.of(statsId),
                false,
                false,
                List.of(),
                false,
                Set.of());
    }

    private void discovered(EndpointId id) {
        // The client of transcript A is the one of transcript B, where its features were known already. Data channels
        // were
        // switched off in the recorded focus.
        Set<Feature> features = Recorded.read("A017-disco", DiscoverInfo.class).getFeatures().stream()
                .flatMap(each -> Feature.of(each.getVar()).stream())
                .filter(feature -> feature != Feature.SCTP)
                .collect(Collectors.toSet());
        RequestId asked = Optional.ofNullable(discoveries.get(id)).orElseThrow().request();
        happens(new ConferenceInput.FeaturesDiscovered(asked, id, features));
    }

    private void accepts(EndpointId id, String recorded) {
        JingleRequest.Accept accept =
                (JingleRequest.Accept) JingleCodec.decode(Recorded.read(recorded, JingleIQ.class));
        happens(new ConferenceInput.JingleReceived(
                stanza(),
                id,
                new JingleRequest.Accept(
                        Optional.ofNullable(sessions.get(id)),
                        accept.sources(),
                        accept.transport(),
                        accept.initialLastN())));
    }

    /** The next requests to bridges are these. */
    private void asks(String... recorded) {
        for (String name : recorded) {
            Effect.ModifyConference next =
                    Optional.ofNullable(sent.poll()).orElseThrow(() -> new AssertionError("nothing is asked: " + name));
            IQ made = ColibriCodec.encode(
                    Addresses.of(new Jid(next.bridge().value())).orElseThrow(), next.change());
            assertThat(CanonicalXml.of(made.toXML())).as(name).isEqualTo(CanonicalXml.of(Recorded.text(name)));
            requests.put(name, next.request());
        }
    }

    private void isTold(String request, String answer) {
        RequestId asked = Optional.ofNullable(requests.get(request)).orElseThrow();
        happens(new ConferenceInput.BridgeAnswered(asked, ColibriCodec.decode(Recorded.read(answer, IQ.class))));
    }

    private void happens(ConferenceInput input) {
        Step<ConferenceState> step = machine.step(state, input, NOW);
        state = step.state();
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.ModifyConference modify -> sent.add(modify);
                case Effect.DiscoverFeatures discover -> discoveries.put(discover.id(), discover);
                case Effect.SendOffer offer ->
                    sessions.put(offer.id(), offer.offer().session());
                default -> {}
            }
        }
        step.effects().stream()
                .filter(Effect.SelectBridge.class::isInstance)
                .map(Effect.SelectBridge.class::cast)
                .forEach(select -> happens(new ConferenceInput.BridgeSelected(
                        select.request(), chosen(select.selection().endpoint().equals(FIRST) ? JVB2 : JVB1))));
    }

    private static Selection chosen(BridgeId bridge) {
        return new Selection.Chosen(
                bridge,
                Optional.empty(),
                Optional.of(bridge.nick()),
                new Selection.Explanation("replay", "as recorded", List.of(), List.of()));
    }

    private static StanzaRef stanza() {
        return new StanzaRef(new Jid("labhowy3u@muc.meet.jitsi/x"), new Jid("focus@auth.meet.jitsi/focus"), "iq");
    }
}
