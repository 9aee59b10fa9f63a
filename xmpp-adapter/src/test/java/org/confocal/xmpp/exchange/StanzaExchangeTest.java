package org.confocal.xmpp.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.awaitility.Awaitility;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaListener.Verdict;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.stream.StanzaReading;
import org.jitsi.xmpp.extensions.health.HealthCheckIQ;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.caps.packet.CapsExtension;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

class StanzaExchangeTest {

    static {
        SmackSettings.apply();
    }

    private static final Jid SELF = jid("focus@focus.example/focus");

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final List<Stanza> sent = new CopyOnWriteArrayList<>();
    private StanzaExchange exchange = exchange(Duration.ofSeconds(60), 10, (stanza, onFailure) -> sent.add(stanza));

    private StanzaExchange exchange(Duration timeout, int bound, Link link) {
        return new StanzaExchange(() -> SELF, thread, timeout, bound, FocusIdentity.of("1"), link);
    }

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    private static Jid jid(String text) {
        return JidCreate.fromOrThrowUnchecked(text);
    }

    private static Ping ping() {
        return new Ping(jid("server.example"));
    }

    private static IQ answer(IQ request, String from) {
        IQ result = IQ.createResultIQ(request);
        result.setFrom(jid(from));
        return result;
    }

    private void receive(Stanza stanza) {
        run(() -> exchange.received(new StanzaReading.Parsed(stanza)));
    }

    private void run(Runnable task) {
        try {
            thread.submit(task).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static <I extends IQ> I incoming(I iq) {
        iq.setFrom(jid("room@muc.example/alice"));
        iq.setTo(SELF);
        iq.setStanzaId("in-1");
        return iq;
    }

    @Test
    void anAnswerReachesItsRequestOnceHoweverOftenItComes() {
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        Ping ping = ping();
        exchange.request(ping, replies::add);
        assertThat(exchange.snapshot().pendingRequests()).isOne();
        receive(answer(ping, "server.example"));
        receive(answer(ping, "server.example"));
        assertThat(replies).singleElement().isInstanceOf(IqReply.Result.class);
        assertThat(exchange.snapshot().pendingRequests()).isZero();
    }

    @Test
    void anAnswerIsExpectedWithoutAQuestionAndOnlyFromWhereItWent() {
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        exchange.expect("before", jid("bridge@brewery/1"), replies::add);
        Ping asked = ping();
        asked.setStanzaId("before");
        receive(answer(asked, "server.example"));
        assertThat(replies).isEmpty();
        receive(answer(asked, "bridge@brewery/1"));

        assertThat(replies).singleElement().isInstanceOf(IqReply.Result.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void whatCannotBeExpectedEndsAtOnce() {
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        exchange.expect("before", jid("bridge@brewery/1"), replies::add);
        exchange.expect("before", jid("bridge@brewery/1"), replies::add);
        run(() -> {});
        assertThat(replies).containsExactly(new IqReply.ConnectionLost());
        run(exchange::forgetRequests);
        assertThat(replies).containsExactly(new IqReply.ConnectionLost(), new IqReply.ConnectionLost());
    }

    @Test
    void anIdThatIsStillWaitedForIsNotUsedTwice() {
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        Ping first = ping();
        first.setStanzaId("mine");
        Ping second = ping();
        second.setStanzaId("mine");
        exchange.request(first, reply -> {});
        exchange.request(second, replies::add);
        assertThat(first.getStanzaId()).isEqualTo("mine");
        assertThat(second.getStanzaId()).isNotEqualTo("mine");
        receive(answer(second, "server.example"));

        assertThat(replies).singleElement().isInstanceOf(IqReply.Result.class);
    }

    @Test
    void anErrorIsAFailure() {
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        Ping ping = ping();
        exchange.request(ping, replies::add);
        ErrorIQ error = IQ.createErrorResponse(ping, StanzaError.Condition.item_not_found);
        receive(error);
        assertThat(replies)
                .singleElement()
                .satisfies(reply -> assertThat(((IqReply.Failed) reply).error().getCondition())
                        .isEqualTo(StanzaError.Condition.item_not_found));
    }

    @Test
    void nobodyAnswersInAnothersPlace() {
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        Ping ping = ping();
        exchange.request(ping, replies::add);
        receive(answer(ping, "mallory@example/x"));
        assertThat(replies).isEmpty();
        receive(answer(ping, "server.example"));
        assertThat(replies).hasSize(1);
    }

    @Test
    void aServerMayAnswerForTheAccountWithoutAName() {
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        Ping toNobody = new Ping();
        exchange.request(toNobody, replies::add);
        IQ result = IQ.createResultIQ(toNobody);
        result.setFrom((Jid) null);
        receive(result);
        assertThat(replies).hasSize(1);
    }

    @Test
    void silenceIsATimeout() {
        exchange = exchange(Duration.ofMillis(20), 10, (stanza, onFailure) -> sent.add(stanza));
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        Ping ping = ping();
        exchange.request(ping, replies::add);
        Awaitility.await().until(() -> replies.size() == 1);
        assertThat(replies.getFirst()).isInstanceOf(IqReply.TimedOut.class);
        receive(answer(ping, "server.example"));
        assertThat(replies).hasSize(1);
    }

    @Test
    void moreRequestsThanAllowedAreNotSent() {
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 12; i++) {
            exchange.request(ping(), replies::add);
        }
        run(() -> {});
        assertThat(replies).hasSize(2).allMatch(IqReply.NotSent.class::isInstance);
        assertThat(sent).hasSize(10);
        run(exchange::forgetRequests);
        assertThat(replies).hasSize(12);
        assertThat(replies.subList(2, 12)).allMatch(IqReply.ConnectionLost.class::isInstance);
        exchange.request(ping(), replies::add);
        assertThat(sent).hasSize(11);
    }

    @Test
    void whatCouldNotBeWrittenWasNotSent() {
        exchange = exchange(Duration.ofSeconds(60), 10, (stanza, onFailure) -> onFailure.run());
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        exchange.request(ping(), replies::add);
        run(() -> {});
        assertThat(replies).singleElement().isInstanceOf(IqReply.NotSent.class);
        exchange.send(StanzaBuilder.buildPresence().build());
        assertThat(exchange.snapshot().dropped()).isEqualTo(2);
        assertThat(exchange.snapshot().sent()).isZero();
    }

    @Property(tries = 200)
    void everyRequestEndsExactlyOnceWhateverHappens(@ForAll Random random) throws InterruptedException {
        ScheduledThreadPoolExecutor own = new ScheduledThreadPoolExecutor(1);
        Map<Integer, AtomicInteger> calls = new HashMap<>();
        List<IQ> onTheWire = new CopyOnWriteArrayList<>();
        StanzaExchange exchange = new StanzaExchange(
                () -> SELF,
                own,
                Duration.ofMillis(1 + random.nextInt(5)),
                20,
                FocusIdentity.of("1"),
                (stanza, fail) -> {
                    if (random.nextInt(4) == 0) {
                        fail.run();
                    } else {
                        onTheWire.add((IQ) stanza);
                    }
                });
        for (int i = 0; i < 50; i++) {
            AtomicInteger count = new AtomicInteger();
            calls.put(i, count);
            exchange.request(ping(), reply -> count.incrementAndGet());
            switch (random.nextInt(6)) {
                case 0 -> own.execute(exchange::forgetRequests);
                case 1, 2 -> {
                    List<IQ> open = new ArrayList<>(onTheWire);
                    if (!open.isEmpty()) {
                        IQ answer = answer(open.get(random.nextInt(open.size())), "server.example");
                        own.execute(() -> exchange.received(new StanzaReading.Parsed(answer)));
                    }
                }
                default -> {}
            }
        }
        own.execute(exchange::close);
        own.shutdown();
        assertThat(own.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(calls.values()).allMatch(count -> count.get() == 1);
        assertThat(exchange.snapshot().pendingRequests()).isZero();
    }

    @Test
    void aClosedExchangeAnswersAtOnce() {
        run(exchange::close);
        thread.shutdown();
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        exchange.request(ping(), replies::add);
        assertThat(replies).singleElement().isInstanceOf(IqReply.NotSent.class);
    }

    @Test
    void onlyRequestsAreRequested() {
        assertThatThrownBy(() -> exchange.request(IQ.createResultIQ(incoming(ping())), reply -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTransportSpeaksForItself() {
        receive(incoming(ping()));
        receive(incoming(new DiscoverItems()));
        assertThat(sent).allMatch(stanza -> ((IQ) stanza).getType() == IQ.Type.result);
        assertThat(sent).allSatisfy(stanza -> {
            assertThat(stanza.getTo().toString()).isEqualTo("room@muc.example/alice");
            assertThat(stanza.getStanzaId()).isEqualTo("in-1");
        });
        assertThat(sent).hasSize(2);
    }

    @Test
    void aRequestGoesToTheFirstListenerThatTakesIt() {
        List<String> asked = new CopyOnWriteArrayList<>();
        exchange.listen(stanza -> {
            asked.add("first");
            return Verdict.NOT_MINE;
        });
        exchange.listen(stanza -> {
            asked.add("second");
            return Verdict.TAKEN;
        });
        exchange.listen(stanza -> {
            asked.add("third");
            return Verdict.TAKEN;
        });
        receive(incoming(new HealthCheckIQ()));
        assertThat(asked).containsExactly("first", "second");
        assertThat(sent).isEmpty();
        receive(StanzaBuilder.buildPresence().from(jid("a@b/c")).build());
        assertThat(asked).containsExactly("first", "second", "first", "second", "third");
    }

    @Test
    void aRequestNobodyTakesIsRefused() {
        exchange.listen(stanza -> Verdict.NOT_MINE);
        receive(incoming(new HealthCheckIQ()));
        assertThat(sent).singleElement().satisfies(stanza -> {
            assertThat(stanza.getError().getCondition()).isEqualTo(StanzaError.Condition.service_unavailable);
            assertThat(stanza.getTo().toString()).isEqualTo("room@muc.example/alice");
        });
    }

    @Test
    void aListenerThatThrowsDoesNoHarmToOthers() {
        List<Stanza> seen = new CopyOnWriteArrayList<>();
        exchange.listen(stanza -> {
            throw new IllegalStateException("a defect");
        });
        exchange.listen(stanza -> {
            seen.add(stanza);
            return Verdict.NOT_MINE;
        });
        exchange.onState(state -> {
            throw new IllegalStateException("a defect");
        });
        List<ConnectionState> states = new CopyOnWriteArrayList<>();
        exchange.onState(states::add);
        receive(StanzaBuilder.buildPresence().from(jid("a@b/c")).build());
        assertThat(seen).hasSize(1);
        receive(incoming(new HealthCheckIQ()));
        assertThat(sent)
                .singleElement()
                .satisfies(stanza -> assertThat(stanza.getError().getCondition())
                        .isEqualTo(StanzaError.Condition.internal_server_error));
        run(() -> exchange.state(ConnectionState.CONNECTED));
        assertThat(states).containsExactly(ConnectionState.CONNECTED);
    }

    @Test
    void availablePresencesCarryTheCapsAndOthersDoNot() {
        Presence available = StanzaBuilder.buildPresence().build();
        exchange.send(available);
        exchange.send(available);
        exchange.send(
                StanzaBuilder.buildPresence().ofType(Presence.Type.unavailable).build());
        assertThat(sent.get(1).getExtensions(CapsExtension.class)).hasSize(1);
        assertThat(sent.get(2).getExtensions(CapsExtension.class)).isEmpty();
        assertThat(sent).allMatch(stanza -> stanza.getFrom().equals(SELF) && stanza.hasStanzaIdSet());
    }

    @Test
    void anUnparsableAnswerEndsItsRequestWithoutWaiting() {
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        Ping ping = ping();
        exchange.request(ping, replies::add);
        ErrorIQ standIn = IQ.createErrorResponse(ping, StanzaError.Condition.undefined_condition);
        run(() -> exchange.received(
                new StanzaReading.Unparsable("nonsense", java.util.Optional.empty(), java.util.Optional.of(standIn))));
        assertThat(replies).singleElement().isInstanceOf(IqReply.Failed.class);
        assertThat(exchange.snapshot().unparsable()).isOne();
    }
}
