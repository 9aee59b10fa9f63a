package org.confocal.tests.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client knows and has seen, at a moment.
 *
 * @param members nicknames of the others in the room, the focus left out
 * @param offers every session-initiate, and every transport-replace that it took, in order
 * @param accepted how many of its session-accepts and transport-accepts were answered with a result
 * @param replaced how many times it was to take another transport, whether it did or not
 * @param session the Jingle session that runs now
 * @param remoteSources by SSRC: what it was told and not told to forget; its own bridge's sources included
 * @param sourcesTold how many SSRCs of others it has been told of since it joined
 * @param localSources what it sends, muted or not
 * @param muted which of them are muted
 * @param properties conference properties of the focus
 * @param iceGeneration of the last in-place ICE restart in this session
 * @param terminated how many of its sessions the focus ended
 * @param ended why its stream ended, where it did not leave by itself
 * @param focusLeft how many times it saw the focus leave
 * @param requestedNanos when it first asked for the conference, by {@link System#nanoTime}; 0 before
 * @param errors everything that a real client would have failed or stumbled over, bounded
 */
public record ClientBooks(
        String endpoint,
        Presence presence,
        FocusState focus,
        BridgeState bridges,
        Set<String> members,
        List<Offer> offers,
        int accepted,
        int replaced,
        Optional<Offer> session,
        Map<Long, RemoteSource> remoteSources,
        long sourcesTold,
        List<LocalSource> localSources,
        Set<Media> muted,
        Map<String, String> properties,
        int iceGeneration,
        int terminated,
        Role role,
        Optional<String> ended,
        int focusLeft,
        long requestedNanos,
        List<String> errors) {
    public ClientBooks {
        members = Set.copyOf(members);
        offers = List.copyOf(offers);
        remoteSources = Map.copyOf(remoteSources);
        localSources = List.copyOf(localSources);
        muted = Set.copyOf(muted);
        properties = Map.copyOf(properties);
        errors = List.copyOf(errors);
    }

    /** Where the client stands. */
    public enum Presence {
        OUTSIDE,
        JOINED,
        LEFT
    }

    /** Whether the focus is in the room. */
    public enum FocusState {
        NOT_SEEN,
        PRESENT,
        LEFT
    }

    /** Whether the focus says that it has a bridge. */
    public enum BridgeState {
        AVAILABLE,
        NOT_AVAILABLE
    }

    /** What the room lets the client do. */
    public enum Role {
        PARTICIPANT,
        MODERATOR
    }

    /**
     * One session-initiate, or transport-replace.
     *
     * @param atNanos when it came, by {@link System#nanoTime}
     * @param waitedNanos since there was somebody to talk to: the later of its own joining and the second member's
     */
    public record Offer(String sid, String bridgeSession, String region, long atNanos, long waitedNanos) {}

    /** The SSRCs of other participants that it knows. */
    public Set<Long> knownSsrcs() {
        return remoteSources.values().stream()
                .filter(source -> !source.owner().equals(RemoteSource.BRIDGE))
                .map(RemoteSource::ssrc)
                .collect(Collectors.toUnmodifiableSet());
    }
}
