package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.presence;
import static org.confocal.focus.conference.ConferenceScript.sources;
import static org.confocal.focus.conference.ConferenceScript.transport;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.SessionId;
import org.junit.jupiter.api.Test;

/** What a participant's Jingle request is answered with (spec/03, section 5). */
class JingleDispatchTest {
    private static final Optional<SessionId> NO_SID = Optional.empty();

    private final ConferenceScript s = new ConferenceScript().twoTalk();

    @Test
    void aRequestWithoutAKnownSessionIsABadRequest() {
        Optional<SessionId> made = Optional.of(new SessionId("nonsense"));
        assertThat(s.jingle("a", new JingleRequest.OtherInfo(made))).containsExactly("error iq4 bad-request");
        assertThat(s.jingle("a", new JingleRequest.OtherInfo(NO_SID))).containsExactly("error iq5 bad-request");
        assertThat(s.jingle("stranger", new JingleRequest.OtherInfo(sid("a"))))
                .containsExactly("error iq6 bad-request");
    }

    @Test
    void theSessionOfSomebodyElseIsNoSession() {
        assertThat(s.jingle("b", Jingle.terminate(s, "a"))).containsExactly("error iq4 bad-request");
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
    }

    @Test
    void whatIsNoJingleIsToldWhatIsWrongWithIt() {
        assertThat(s.jingle("a", new JingleRequest.Malformed(sid("a"), "Missing 'action'")))
                .containsExactly("error iq4 bad-request Missing 'action'");
    }

    @Test
    void anActionThatIsNotServedIsNotImplemented() {
        assertThat(s.jingle("a", new JingleRequest.Unsupported(sid("a"), "content-add")))
                .containsExactly("error iq4 feature-not-implemented Unsupported 'action'");
    }

    @Test
    void anEndedSessionIsGone() {
        s.jingle("a", Jingle.terminate(s, "a"));
        assertThat(s.jingle("a", Jingle.add(s, "a", 12))).containsExactly("error iq5 gone session ended");
    }

    @Test
    void aReplacedSessionIsNoLongerActiveAndItsTransportIsDropped() {
        Optional<SessionId> old = sid("a");
        JingleRequest.Accept late =
                new JingleRequest.Accept(old, EndpointSources.EMPTY, Optional.empty(), OptionalInt.empty());
        s.jingle("a", Jingle.restart(s, "a"));
        s.bridgesDo();
        assertThat(s.jingle("a", late)).containsExactly("error iq5 gone session has been replaced");
        assertThat(s.jingle("a", new JingleRequest.SourceAdd(old, sources("a", 12))))
                .containsExactly("error iq6 item-not-found jingle session no longer active");
        assertThat(s.jingle("a", new JingleRequest.TransportInfo(old, Optional.of(transport(0)))))
                .containsExactly("error iq7 item-not-found jingle session no longer active");
        assertThat(s.jingle(
                        "a",
                        new JingleRequest.Terminate(old, Optional.empty(), Optional.empty(), Optional.empty(), false)))
                .containsExactly("error iq8 item-not-found jingle session no longer active");
        assertThat(s.phase("a")).isEqualTo("OFFERED");
    }

    @Test
    void aTelephoneGatewaysLateTransportIsHandedOn() {
        ConferenceScript trusting = new ConferenceScript(Configs.DEFAULTS.trusting("gateway.example.org"));
        trusting.inRoom().joins("a");
        MemberPresence p = presence("g");
        trusting.joins(
                new MemberPresence(
                        p.id(),
                        Optional.of(new Jid("x@gateway.example.org/y")),
                        p.role(),
                        p.caps(),
                        p.region(),
                        p.statsId(),
                        false,
                        false,
                        List.of(),
                        false,
                        Set.of(Claim.JIGASI)),
                ConferenceScript.MODERN);
        trusting.bridgesDo();
        trusting.accepts("g", 31);
        Optional<SessionId> old = Optional.of(trusting.sid("g"));
        trusting.jingle("g", Jingle.restart(trusting, "g"));
        trusting.bridgesDo();
        assertThat(trusting.jingle("g", new JingleRequest.TransportInfo(old, Optional.of(transport(0)))))
                .containsExactly("jvb1: update g transport", "ok iq4");
    }

    @Test
    void aTransportInfoGoesToTheBridge() {
        assertThat(s.jingle("a", new JingleRequest.TransportInfo(sid("a"), Optional.of(transport(2)))))
                .containsExactly("jvb1: update a transport", "ok iq4");
        assertThat(s.jingle("a", new JingleRequest.TransportInfo(sid("a"), Optional.empty())))
                .containsExactly("error iq5 bad-request missing transport");
    }

    @Test
    void whatIsOnlyToldIsAcknowledged() {
        assertThat(s.jingle("a", new JingleRequest.OtherInfo(sid("a")))).containsExactly("ok iq4");
        assertThat(s.jingle("a", new JingleRequest.TransportReject(sid("a")))).containsExactly("ok iq5");
    }

    @Test
    void aSecondAcceptIsRefusedAndTheSessionLives() {
        assertThat(s.accepts("a", 11)).containsExactly("error iq4 unexpected-request session is already active");
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
    }

    @Test
    void anAcceptWithInvalidSourcesEndsTheSession() {
        ConferenceScript fresh = new ConferenceScript();
        fresh.inRoom().joins("a");
        fresh.joins("b");
        fresh.bridgesDo();
        fresh.accepts("a", 11);
        assertThat(fresh.accepts("b", 1L << 33))
                .containsExactly(
                        "release b from jvb1", "jvb1: expire b", "error iq3 bad-request Invalid SSRC: 8589934592.");
        assertThat(fresh.phase("b")).isEqualTo("CLOSED");
        assertThat(fresh.accepts("b", 21)).containsExactly("error iq4 gone session ended");
    }

    @Test
    void visitorsMaySendNothing() {
        ConferenceScript visitors = new ConferenceScript(Configs.DEFAULTS.withVisitors());
        visitors.inRoom().joins("a");
        visitors.joins(presence("v", MemberRole.VISITOR), ConferenceScript.MODERN);
        visitors.joins(presence("w", MemberRole.VISITOR), ConferenceScript.MODERN);
        visitors.bridgesDo();
        assertThat(visitors.accepts("v", 31)).contains("error iq2 forbidden sources not allowed for visitors");
        assertThat(visitors.accepts("w")).containsExactly("jvb1: update w transport no sources last-n 20", "ok iq3");
        assertThat(visitors.jingle("w", Jingle.add(visitors, "w", 32)))
                .containsExactly("error iq4 forbidden add-source not allowed for visitors");
    }

    @Test
    void aClientThatEndsItsSessionStaysWithoutOne() {
        assertThat(s.jingle("a", Jingle.terminate(s, "a")))
                .containsExactly("release a from jvb1", "jvb1: expire a", "source-remove to b: a 11", "ok iq4");
        s.joins("c");
        s.input(new ConferenceInput.BridgeUsable(ConferenceScript.JVB2));
        assertThat(s.phase("a")).isEqualTo("CLOSED");
    }

    @Test
    void actionsAreCountedUnderJicofosNames() {
        s.jingle("a", Jingle.add(s, "a", 12));
        s.jingle("a", new JingleRequest.Unsupported(sid("a"), "content-add"));
        assertThat(s.counted(Effect.Direction.RECEIVED, "SESSION_ACCEPT")).isEqualTo(2);
        assertThat(s.counted(Effect.Direction.RECEIVED, "SOURCEADD")).isEqualTo(1);
        assertThat(s.counted(Effect.Direction.SENT, "SESSION_INITIATE")).isEqualTo(2);
        assertThat(s.counted(Effect.Direction.SENT, "SOURCEADD")).isEqualTo(3);
    }

    private Optional<SessionId> sid(String id) {
        return Optional.of(s.sid(id));
    }
}
