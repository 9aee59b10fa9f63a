package org.confocal.xmpp;

import java.util.concurrent.atomic.AtomicBoolean;
import org.confocal.xmpp.codec.LenientConferenceProvider;
import org.jitsi.xmpp.extensions.AbstractPacketExtension;
import org.jitsi.xmpp.extensions.DefaultPacketExtensionProvider;
import org.jitsi.xmpp.extensions.colibri.ColibriStatsIqProvider;
import org.jitsi.xmpp.extensions.colibri.ForcefulShutdownIqProvider;
import org.jitsi.xmpp.extensions.colibri.GracefulShutdownIqProvider;
import org.jitsi.xmpp.extensions.colibri2.IqProviderUtils;
import org.jitsi.xmpp.extensions.health.HealthCheckIQProvider;
import org.jitsi.xmpp.extensions.health.HealthStatusPacketExt;
import org.jitsi.xmpp.extensions.jibri.JibriBusyStatusPacketExt;
import org.jitsi.xmpp.extensions.jibri.JibriIq;
import org.jitsi.xmpp.extensions.jibri.JibriIqProvider;
import org.jitsi.xmpp.extensions.jibri.JibriStatusPacketExt;
import org.jitsi.xmpp.extensions.jibri.RecordingStatus;
import org.jitsi.xmpp.extensions.jibri.SipCallState;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.JingleIQProvider;
import org.jitsi.xmpp.extensions.jitsimeet.AbstractMuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.AudioMutedExtension;
import org.jitsi.xmpp.extensions.jitsimeet.BridgeNotAvailablePacketExt;
import org.jitsi.xmpp.extensions.jitsimeet.BridgeSessionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.ComponentVersionsExtension;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceProperties;
import org.jitsi.xmpp.extensions.jitsimeet.FeatureExtension;
import org.jitsi.xmpp.extensions.jitsimeet.FeaturesExtension;
import org.jitsi.xmpp.extensions.jitsimeet.IceStatePacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.IdentityPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.JitsiParticipantCodecList;
import org.jitsi.xmpp.extensions.jitsimeet.JitsiParticipantRegionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.JsonMessageExtension;
import org.jitsi.xmpp.extensions.jitsimeet.LoginUrlIqProvider;
import org.jitsi.xmpp.extensions.jitsimeet.LogoutIqProvider;
import org.jitsi.xmpp.extensions.jitsimeet.MuteDesktopIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteDesktopIqProvider;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIqProvider;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIqProvider;
import org.jitsi.xmpp.extensions.jitsimeet.SSRCInfoPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.SessionInvalidPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.StartMutedProvider;
import org.jitsi.xmpp.extensions.jitsimeet.StatsId;
import org.jitsi.xmpp.extensions.jitsimeet.TranscriptionLanguageExtension;
import org.jitsi.xmpp.extensions.jitsimeet.TranscriptionRequestExtension;
import org.jitsi.xmpp.extensions.jitsimeet.TranscriptionStatusExtension;
import org.jitsi.xmpp.extensions.jitsimeet.TranslationLanguageExtension;
import org.jitsi.xmpp.extensions.jitsimeet.UserInfoPacketExt;
import org.jitsi.xmpp.extensions.jitsimeet.VideoMutedExtension;
import org.jitsi.xmpp.extensions.rayo.RayoIqProvider;
import org.jitsi.xmpp.extensions.visitors.VisitorsIq;
import org.jivesoftware.smack.provider.ProviderManager;

/**
 * Tells Smack how to read every Jitsi stanza that reaches a focus. Smack keeps its providers for the whole JVM, so this is
 * done once for all focuses in it; they all want the same.
 */
public final class StanzaProviders {

    // Not configuration: whether the JVM's one provider table has been filled.
    private static final AtomicBoolean REGISTERED = new AtomicBoolean();

    private StanzaProviders() {}

    /** Does nothing when called again. */
    public static void register() {
        if (!REGISTERED.compareAndSet(false, true)) {
            return;
        }
        registerIqs();
        registerExtensions();
    }

    private static void registerIqs() {
        IqProviderUtils.registerProviders(); // colibri2, and what it has in common with Jingle
        ProviderManager.addIQProvider(JingleIQ.ELEMENT, JingleIQ.NAMESPACE, new JingleIQProvider());
        ProviderManager.addIQProvider(ConferenceIq.ELEMENT, ConferenceIq.NAMESPACE, new LenientConferenceProvider());
        // These register themselves when they are made.
        new LoginUrlIqProvider();
        new LogoutIqProvider();
        new ColibriStatsIqProvider();
        new GracefulShutdownIqProvider();
        new ForcefulShutdownIqProvider();
        new RayoIqProvider().registerRayoIQs();
        HealthCheckIQProvider.registerIQProvider();
        VisitorsIq.Companion.registerProviders();
        ProviderManager.addIQProvider(JibriIq.ELEMENT, JibriIq.NAMESPACE, new JibriIqProvider());
        ProviderManager.addIQProvider(AbstractMuteIq.ELEMENT, MuteIq.NAMESPACE, new MuteIqProvider());
        ProviderManager.addIQProvider(AbstractMuteIq.ELEMENT, MuteVideoIq.NAMESPACE, new MuteVideoIqProvider());
        ProviderManager.addIQProvider(AbstractMuteIq.ELEMENT, MuteDesktopIq.NAMESPACE, new MuteDesktopIqProvider());
    }

    private static void registerExtensions() {
        HealthStatusPacketExt.registerExtensionProvider();
        JibriStatusPacketExt.registerExtensionProvider();
        JibriBusyStatusPacketExt.registerExtensionProvider();
        StartMutedProvider.registerStartMutedProvider();
        add(RecordingStatus.ELEMENT, RecordingStatus.NAMESPACE, RecordingStatus.class);
        add(SipCallState.ELEMENT, SipCallState.NAMESPACE, SipCallState.class);
        add(AudioMutedExtension.ELEMENT, AudioMutedExtension.NAMESPACE, AudioMutedExtension.class);
        add(VideoMutedExtension.ELEMENT, VideoMutedExtension.NAMESPACE, VideoMutedExtension.class);
        add(FeaturesExtension.ELEMENT, FeaturesExtension.NAMESPACE, FeaturesExtension.class);
        add(FeatureExtension.ELEMENT, FeatureExtension.NAMESPACE, FeatureExtension.class);
        add(JitsiParticipantCodecList.ELEMENT, JitsiParticipantCodecList.NAMESPACE, JitsiParticipantCodecList.class);
        add(
                JitsiParticipantRegionPacketExtension.ELEMENT,
                JitsiParticipantRegionPacketExtension.NAMESPACE,
                JitsiParticipantRegionPacketExtension.class);
        add(JsonMessageExtension.ELEMENT, JsonMessageExtension.NAMESPACE, JsonMessageExtension.class);
        add(UserInfoPacketExt.ELEMENT, UserInfoPacketExt.NAMESPACE, UserInfoPacketExt.class);
        add(SSRCInfoPacketExtension.ELEMENT, SSRCInfoPacketExtension.NAMESPACE, SSRCInfoPacketExtension.class);
        add(IceStatePacketExtension.ELEMENT, IceStatePacketExtension.NAMESPACE, IceStatePacketExtension.class);
        add(
                BridgeSessionPacketExtension.ELEMENT,
                BridgeSessionPacketExtension.NAMESPACE,
                BridgeSessionPacketExtension.class);
        add(
                BridgeNotAvailablePacketExt.ELEMENT,
                BridgeNotAvailablePacketExt.NAMESPACE,
                BridgeNotAvailablePacketExt.class);
        add(
                SessionInvalidPacketExtension.ELEMENT,
                SessionInvalidPacketExtension.NAMESPACE,
                SessionInvalidPacketExtension.class);
        add(ConferenceProperties.ELEMENT, ConferenceProperties.NAMESPACE, ConferenceProperties.class);
        add(
                ConferenceProperties.ConferenceProperty.ELEMENT,
                ConferenceProperties.NAMESPACE,
                ConferenceProperties.ConferenceProperty.class);
        add(ComponentVersionsExtension.ELEMENT, ComponentVersionsExtension.NAMESPACE, ComponentVersionsExtension.class);
        add(
                ComponentVersionsExtension.Component.ELEMENT,
                ComponentVersionsExtension.NAMESPACE,
                ComponentVersionsExtension.Component.class);
        add(
                TranscriptionStatusExtension.ELEMENT,
                TranscriptionStatusExtension.NAMESPACE,
                TranscriptionStatusExtension.class);
        add(
                TranscriptionLanguageExtension.ELEMENT,
                TranscriptionLanguageExtension.NAMESPACE,
                TranscriptionLanguageExtension.class);
        add(
                TranscriptionRequestExtension.ELEMENT,
                TranscriptionRequestExtension.NAMESPACE,
                TranscriptionRequestExtension.class);
        add(
                TranslationLanguageExtension.ELEMENT,
                TranslationLanguageExtension.NAMESPACE,
                TranslationLanguageExtension.class);
        ProviderManager.addExtensionProvider(StatsId.ELEMENT, StatsId.NAMESPACE, new StatsId.Provider());
        ProviderManager.addExtensionProvider(
                IdentityPacketExtension.ELEMENT,
                IdentityPacketExtension.NAMESPACE,
                new IdentityPacketExtension.Provider());
    }

    private static <E extends AbstractPacketExtension> void add(String element, String namespace, Class<E> type) {
        ProviderManager.addExtensionProvider(element, namespace, new DefaultPacketExtensionProvider<>(type));
    }
}
