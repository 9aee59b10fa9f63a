package org.confocal.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverInfoBuilder;
import org.junit.jupiter.api.Test;

class ComponentDiscoveryTest {

    static {
        SmackSettings.apply();
    }

    @Test
    void componentsAreKnownByTheirType() {
        DiscoveredComponents found = ComponentDiscovery.from(info().addIdentity(
                        new DiscoverInfo.Identity("server", "Prosody", "im"))
                .addIdentity(new DiscoverInfo.Identity("component", "avmoderation.meet.example", "av_moderation"))
                .addIdentity(new DiscoverInfo.Identity("component", "metadata.meet.example", "room_metadata"))
                .addIdentity(new DiscoverInfo.Identity("component", "breakout.meet.example", "breakout_rooms"))
                .addIdentity(new DiscoverInfo.Identity("component", "visitors.meet.example", "visitors"))
                .buildWithoutValidiation());
        assertThat(found.avModeration())
                .hasValueSatisfying(jid -> assertThat(jid.toString()).isEqualTo("avmoderation.meet.example"));
        assertThat(found.roomMetadata()).isPresent();
        assertThat(found.breakoutRooms()).isPresent();
        assertThat(found.visitors()).isPresent();
    }

    @Test
    void aFloodOfComponentsOrOnesWithoutAnAddressAreLeftOut() {
        DiscoverInfoBuilder info = info().addIdentity(new DiscoverInfo.Identity("component", "a@b/c@", "visitors"))
                .addIdentity(new DiscoverInfo.Identity("component", "breakout_rooms"));
        for (int i = 0; i < 1_000; i++) {
            info.addIdentity(new DiscoverInfo.Identity("component", "c" + i + ".example", "type" + i));
        }
        DiscoveredComponents found = ComponentDiscovery.from(info.buildWithoutValidiation());
        assertThat(found.byType()).hasSize(DiscoveredComponents.MAX_COMPONENTS);
        assertThat(found.breakoutRooms()).isEmpty();
    }

    private static DiscoverInfoBuilder info() {
        return DiscoverInfo.builder(StanzaBuilder.buildIqData("1"));
    }
}
