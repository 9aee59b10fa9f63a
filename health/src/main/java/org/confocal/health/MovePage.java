package org.confocal.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.view.FocusControl;
import org.confocal.focus.view.FocusControl.Moved;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * Moving people between bridges: Jicofo's paths, parameters and status codes (spec/06, section 6), 500 for what is not
 * found included. Pure but for the control.
 */
final class MovePage {
    static final String PATH = "/move-endpoints/";

    private static final double FRACTION = 0.1;
    private static final int MOST = 1_000_000;

    private final FocusControl control;
    private final Map<String, String> parameters;

    private MovePage(FocusControl control, Map<String, String> parameters) {
        this.control = control;
        this.parameters = parameters;
    }

    /** The answer to a GET; empty where there is no such page. */
    static Optional<Reply> get(String path, Map<String, String> parameters, FocusControl control) {
        MovePage page = new MovePage(control, parameters);
        try {
            return switch (path) {
                case PATH + "move-endpoint" -> Optional.of(page.moveEndpoint());
                case PATH + "move-endpoints" -> Optional.of(page.moveEndpoints());
                case PATH + "move-fraction" -> Optional.of(page.moveFraction());
                default -> Optional.empty();
            };
        } catch (BadParameterException bad) {
            return Optional.of(Reply.text(bad.status, bad.text));
        }
    }

    private Reply moveEndpoint() throws BadParameterException {
        String conference = required("conference");
        EndpointId endpoint = new EndpointId(required("endpoint"));
        return reply(control.moveEndpoint(room(conference), endpoint, optional("bridge")));
    }

    private Reply moveEndpoints() throws BadParameterException {
        String bridge = required("bridge");
        Optional<String> conference = optional("conference");
        Optional<RoomId> room = conference.isPresent() ? Optional.of(room(conference.get())) : Optional.empty();
        double most = number("numEndpoints", 1, 0, MOST);
        if (most != Math.rint(most)) {
            throw new BadParameterException(500, "Bad request: numEndpoints must be a whole number");
        }
        return reply(control.moveEndpoints(bridge, room, (int) most));
    }

    private Reply moveFraction() throws BadParameterException {
        String bridge = required("bridge");
        return reply(control.moveFraction(bridge, number("fraction", FRACTION, 0, 1)));
    }

    private static Reply reply(Moved moved) {
        return switch (moved) {
            case Moved.Begun begun -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("movedEndpoints", begun.endpoints());
                tree.put("conferences", begun.conferences());
                yield Reply.json(tree);
            }
            case Moved.NotFound missing -> Reply.text(500, "Not found: " + missing.what());
        };
    }

    private RoomId room(String text) throws BadParameterException {
        return ConferenceRequestPage.RoomAddress.parse(text)
                .orElseThrow(() -> new BadParameterException(500, "Not found: Conference not found"));
    }

    private String required(String name) throws BadParameterException {
        return optional(name)
                .orElseThrow(() -> new BadParameterException(400, "Bad request: Missing parameter: " + name));
    }

    private Optional<String> optional(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
    }

    private double number(String name, double otherwise, double least, double most) throws BadParameterException {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        double value;
        try {
            value = Double.parseDouble(text.get());
        } catch (NumberFormatException e) {
            throw new BadParameterException(500, "Bad request: " + name + " must be a number", e);
        }
        if (!(value >= least && value <= most)) {
            throw new BadParameterException(500, "Bad request: " + name + " must be a number from " + least + " on");
        }
        return value;
    }

    /** A parameter that cannot be used. */
    private static final class BadParameterException extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;
        private final String text;

        BadParameterException(int status, String message) {
            super(message);
            this.status = status;
            this.text = message;
        }

        BadParameterException(int status, String message, Throwable cause) {
            super(message, cause);
            this.status = status;
            this.text = message;
        }
    }
}
