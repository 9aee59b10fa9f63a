package org.confocal.tests.sim;

import java.util.List;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.tests.sim.SimSetting.Brewery;

/** The streams of the focus and the service that rooms are on: they break, forget, and come back. */
final class SimProsody {
    private final Brewery brewery;
    private final Schedule schedule;
    private final Chaos chaos;
    private final SimFocus focus;
    private final List<SimRoom> rooms;
    private boolean up = true;

    SimProsody(Brewery brewery, Schedule schedule, Chaos chaos, SimFocus focus, List<SimRoom> rooms) {
        this.brewery = brewery;
        this.schedule = schedule;
        this.chaos = chaos;
        this.focus = focus;
        this.rooms = rooms;
    }

    void open() {
        focus.focus().connection(ConnectionState.CONNECTED);
    }

    /** Something happens now and then, until there is calm. */
    void misbehave() {
        schedule.in(chaos.millis(1_500, 15_000), "Prosody", () -> {
            if (chaos.isCalm()) {
                return;
            }
            rooms();
            services();
            streams();
            misbehave();
        });
    }

    private void rooms() {
        SimRoom room = chaos.oneOf(rooms);
        if (chaos.strikes(Fault.KICKED)) {
            room.kickFocus();
        } else if (chaos.strikes(Fault.OWNERSHIP_LOST)) {
            room.takeOwnership();
        } else if (chaos.strikes(Fault.OCCUPANT_FORGOTTEN)) {
            room.forgetFocus();
        } else if (chaos.strikes(Fault.ROOM_FORGOTTEN)) {
            room.forgetFocus();
            room.vanish();
        } else if (chaos.strikes(Fault.ROOM_DESTROYED)) {
            room.destroy();
        }
    }

    /** The component that rooms are on is restarted. */
    private void services() {
        if (chaos.strikes(Fault.MUC_DOWN)) {
            for (SimRoom room : rooms) {
                room.service(false);
                room.forgetFocus();
                room.vanish();
            }
            schedule.in(chaos.millis(1_000, 30_000), "rooms are back", () -> rooms.forEach(room -> room.service(true)));
        }
    }

    private void streams() {
        if (chaos.strikes(Fault.STREAM_LOST)) {
            loseStream();
            if (chaos.strikes(Fault.ROOMS_GONE)) {
                rooms.forEach(SimRoom::vanish);
            }
            schedule.in(chaos.millis(100, 20_000), "stream is back", this::regainStream);
        }
        if (brewery == Brewery.OWN_STREAM && chaos.strikes(Fault.BREWERY_LOST)) {
            focus.fleet().loseStream();
            schedule.in(
                    chaos.millis(100, 20_000),
                    "brewery is back",
                    () -> focus.fleet().regainStream());
        }
    }

    private void loseStream() {
        if (up) {
            up = false;
            rooms.forEach(SimRoom::loseStream);
            focus.focus().connection(ConnectionState.DISCONNECTED);
            if (brewery == Brewery.SHARED) {
                focus.fleet().loseStream();
            }
        }
    }

    private void regainStream() {
        if (up) {
            return;
        }
        up = true;
        focus.focus().connection(ConnectionState.CONNECTED);
        rooms.forEach(SimRoom::regainStream);
        if (brewery == Brewery.SHARED) {
            // The brewery is joined as any room is.
            schedule.in(chaos.millis(5, 300), "brewery", () -> {
                if (up) {
                    focus.fleet().regainStream();
                }
            });
        }
    }

    /** Everything works from now on. */
    void heal() {
        rooms.forEach(room -> room.service(true));
        regainStream();
    }
}
