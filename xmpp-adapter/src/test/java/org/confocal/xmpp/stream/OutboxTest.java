package org.confocal.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a channel that takes everything and goes nowhere. */
class OutboxTest {
    private static final int MOST = 10;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failed = Collections.synchronizedList(new ArrayList<>());
    private final List<ChannelPromise> slow = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean takes = new AtomicBoolean(true);
    private Channel channel;
    private Outbox outbox;

    /** Notes what is written and flushed. */
    private final class Notes extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            seen.add((String) message);
            if (takes.get()) {
                promise.setSuccess();
            } else {
                slow.add(promise);
            }
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            seen.add("flush");
        }
    }

    @BeforeEach
    void open() throws InterruptedException {
        channel = new ServerBootstrap()
                .group(loops)
                .channel(LocalServerChannel.class)
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(new LocalAddress("outbox"))
                .sync()
                .channel();
        channel.pipeline().addLast(new Notes());
        outbox = new Outbox(channel, MOST);
    }

    @AfterEach
    void close() throws InterruptedException {
        if (channel.isOpen()) {
            channel.close().sync(); // loops that end do not always close it, and the next test wants its address
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private boolean offer(String text) {
        return outbox.offer(text, () -> failed.add(text));
    }

    /** On the channel's thread, after all that is to be done there already. */
    private void loop(Runnable work) throws InterruptedException {
        channel.eventLoop().submit(work).sync();
    }

    @Test
    void whatGathersLeavesInOrderWithOneFlush() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        channel.eventLoop().execute(() -> await(busy));
        IntStream.range(0, 3).forEach(i -> assertThat(offer("" + i)).isTrue());
        outbox.say(" ");
        busy.countDown();
        loop(() -> {});
        assertThat(seen).containsExactly("0", "1", "2", " ", "flush");
    }

    @Test
    void onTheChannelsThreadItLeavesAtOnceAfterWhatWaited() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        channel.eventLoop().execute(() -> {
            await(busy);
            outbox.say("later");
        });
        assertThat(offer("first")).isTrue();
        busy.countDown();
        loop(() -> {});
        assertThat(seen).startsWith("first", "later", "flush");
    }

    @Test
    void moreThanTheBoundIsRefusedUntilTheServerTakesSome() throws InterruptedException {
        takes.set(false);
        assertThat(offer("1234567")).isTrue();
        assertThat(offer("4567")).isFalse();
        outbox.say("words of the protocol are never too much");
        loop(() -> slow.getFirst().setSuccess());
        assertThat(offer("4567")).isTrue();
        assertThat(failed).isEmpty();
    }

    @Test
    void whatIsNotWrittenFails() throws InterruptedException {
        takes.set(false);
        assertThat(offer("lost")).isTrue();
        loop(() -> slow.getFirst().setFailure(new java.io.IOException("gone")));
        assertThat(failed).containsExactly("lost");
        assertThat(offer("0123456789")).as("nothing is outstanding").isTrue();
    }

    @Test
    void whatComesAfterTheEndFails() throws InterruptedException {
        close();
        assertThat(offer("late")).isTrue();
        assertThat(failed).containsExactly("late");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody lets go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
