package org.confocal.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeAnswer.EndpointAnswer;
import org.confocal.focus.model.BridgeAnswer.RelayAnswer;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.Lifecycle;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;

/** Seven bridges in three regions that do as they are told. */
final class Bridges {
    private static final List<Region> REGIONS =
            List.of(new Region("us-east-1"), new Region("eu-central-1"), new Region("ap-south-1"));
    /** How many bridges each region has. */
    private static final List<Integer> SIZES = List.of(3, 2, 2);

    private static final EndpointSources FEEDBACK = new EndpointSources(
            List.of(new Source(
                    new Ssrc(1),
                    MediaType.AUDIO,
                    Optional.of("jvb-a0"),
                    Optional.of("mixedmslabel mixedlabelaudio0"),
                    VideoType.CAMERA)),
            List.of());

    private Bridges() {}

    /** Where people come from, in turn. */
    static Region region(int person) {
        return REGIONS.get(person % REGIONS.size());
    }

    /** A bridge of the person's region, in turn. */
    static Selection forPerson(Person person) {
        int region = person.number() % REGIONS.size();
        int bridge = person.number() / REGIONS.size() % SIZES.get(region);
        String name = "jvb-%s-%d".formatted(REGIONS.get(region).name(), bridge);
        return new Selection.Chosen(
                new BridgeId("jvbbrewery@internal.example.org/" + name),
                Optional.of(REGIONS.get(region)),
                Optional.of(name),
                new Selection.Explanation("in turn", "", List.of(), List.of()));
    }

    static BridgeAnswer answer(Effect.ModifyConference request) {
        List<EndpointAnswer> endpoints = new ArrayList<>();
        EndpointSources feedback = EndpointSources.EMPTY;
        for (EndpointRequest endpoint : request.change().endpoints()) {
            boolean create = endpoint.lifecycle() == Lifecycle.CREATE;
            endpoints.add(new EndpointAnswer(
                    endpoint.id(),
                    create ? Optional.of(transport(request.bridge().nick())) : Optional.empty(),
                    create ? OptionalInt.of(5000) : OptionalInt.empty()));
            feedback = create ? FEEDBACK : feedback;
        }
        List<RelayAnswer> relays = request.change().relay().stream()
                .map(relay -> new RelayAnswer(
                        relay.id(),
                        relay.create().map(create -> transport(request.bridge().nick()))))
                .toList();
        return new BridgeAnswer.Modified(endpoints, relays, feedback);
    }

    static IceTransport transport(String host) {
        return new IceTransport(
                Optional.of("ufrag-" + host),
                Optional.of("pwd-" + host),
                true,
                List.of(new IceTransport.Fingerprint("sha-256", Optional.of("actpass"), false, false, "AB:CD")),
                List.of(new IceTransport.Candidate(
                        "1",
                        "1",
                        1,
                        0,
                        0,
                        "udp",
                        2_130_706_431L,
                        "host",
                        "192.0.2.1",
                        10_000,
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty())),
                List.of("wss://" + host + ".example.org/"),
                OptionalInt.empty());
    }
}
