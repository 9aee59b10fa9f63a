package org.confocal.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.confocal.xmpp.stream.WriteGate.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteGateTest {
    private final AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.WRITE);
    private final EmbeddedChannel channel = new EmbeddedChannel(new WriteGate(verdict::get), new TextEncoder());

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private ChannelFuture write(String text) {
        return channel.writeAndFlush(text);
    }

    @Test
    void whoActsWrites() {
        assertThat(write("<a/>").isSuccess()).isTrue();
        assertThat(channel.outboundMessages()).hasSize(1);
    }

    @Test
    void whoLetsGoIsSilentAndStays() {
        verdict.set(Verdict.KEEP_SILENT);
        assertThat(write("<a/>").cause()).isNotNull();
        assertThat(channel.outboundMessages()).isEmpty();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void whomAnotherReplacedHangsUpWithoutAWord() {
        assertThat(write("<a/>").isSuccess()).isTrue();
        verdict.set(Verdict.HANG_UP);
        assertThat(write("<b/>").cause()).isNotNull();
        assertThat(channel.outboundMessages()).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
    }
}
