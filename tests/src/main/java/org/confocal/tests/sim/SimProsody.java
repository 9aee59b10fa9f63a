package org.confocal.tests.sim;

import java.util.List;
import org.confocal.focus.port.FocusInbox.ConnectionState;

/** The streams of the focus and the service that rooms are on: they break, forget, and come back. */
final class SimProsody {
    private final Schedule schedule;
    private final Chaos chaos;
    private final SimFocus focus;
    private final SimFleet fleet;
    private final List<SimRoom> rooms;
    private final SimStream stream;
    private final SimStream brewery;
    private final boolean shared;

    SimProsody(SimProcess.Surroundings around, SimFocus focus) {
        this.schedule = around.schedule();
        this.chaos = around.chaos();
        this.focus = focus;
        this.fleet = around.fleet();
        this.rooms = List.copyOf(around.rooms().values());
        this.stream = around.stream();
        this.brewery = around.brewery();
        this.shared = stream == brewery;
    }

    /** The first process comes. */
    void open() {
        openStream();
        if (!shared) {
            brewery.open(focus.process().ports().brewery());
        }
        focus.enter(process -> process.ports().breweryJoined());
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
        if (!focus.isAlive()) {
            return;
        }
        if (chaos.strikes(Fault.STREAM_LOST)) {
            loseStream();
            if (chaos.strikes(Fault.ROOMS_GONE)) {
                rooms.forEach(SimRoom::vanish);
            }
            schedule.in(chaos.millis(100, 20_000), "stream is back", this::regainStream);
        }
        if (!shared && chaos.strikes(Fault.BREWERY_LOST)) {
            loseBrewery();
            schedule.in(chaos.millis(100, 20_000), "brewery is back", this::regainBrewery);
        }
    }

    private void loseStream() {
        if (stream.isOpen()) {
            // What was handled until just now was handled before the stream broke.
            focus.enter(process -> process.journal().flush());
            end();
            focus.enter(process -> {
                process.ports().lost();
                process.focus().connection(ConnectionState.DISCONNECTED);
            });
            if (shared) {
                breweryLost();
            }
        }
    }

    /** The stream of the rooms is no more, and whoever was on it is in no room. */
    private void end() {
        rooms.forEach(SimRoom::loseStream);
        stream.close();
    }

    private void loseBrewery() {
        if (brewery.isOpen()) {
            focus.enter(process -> process.journal().flush());
            brewery.close();
            breweryLost();
        }
    }

    private void breweryLost() {
        fleet.loseStream();
        focus.enter(process -> process.ports().breweryLost());
    }

    private void regainStream() {
        if (!stream.isOpen() && focus.isAlive()) {
            openStream();
            if (shared) {
                rejoinBrewery();
            }
        }
    }

    private void openStream() {
        stream.open(focus.process().ports().stream());
        focus.enter(process -> process.focus().connection(ConnectionState.CONNECTED));
        rooms.forEach(SimRoom::regainStream);
    }

    /** The brewery is joined as any room is. */
    private void rejoinBrewery() {
        schedule.in(chaos.millis(5, 300), "brewery", this::regainBrewery);
    }

    private void regainBrewery() {
        if (fleet.isUp() || !focus.isAlive() || (shared && !stream.isOpen())) {
            return;
        }
        if (!shared) {
            brewery.open(focus.process().ports().brewery());
        }
        focus.enter(process -> process.ports().breweryJoined());
        fleet.regainStream();
    }

    /** The process is gone; Prosody holds what is for it. */
    void hold() {
        stream.hold();
        brewery.hold();
    }

    /** Prosody has waited long enough for a process to come back. */
    void giveUp() {
        if (stream.isOpen()) {
            end();
        }
        brewery.close();
        fleet.loseStream();
    }

    /**
     * A process that has taken up what the one before it left connects.
     *
     * @return whether it goes on with each stream that it can know of
     */
    boolean connect() {
        SimPorts ports = focus.process().ports();
        boolean wasOpen = stream.isOpen();
        boolean must = stream.isResumable();
        boolean resumed = wasOpen && stream.resume(ports.stream());
        if (resumed) {
            focus.enter(process -> {
                process.ports().resumed();
                if (shared && fleet.isUp()) {
                    process.ports().breweryJoined();
                }
            });
            if (shared && !fleet.isUp()) {
                rejoinBrewery();
            }
        } else if (focus.isAlive()) {
            if (wasOpen) {
                end();
            }
            if (shared) {
                breweryLost();
            }
            openStream();
            if (shared) {
                rejoinBrewery();
            }
        }
        boolean bridges = shared || connectBrewery(ports);
        return (resumed || !must) && bridges;
    }

    private boolean connectBrewery(SimPorts ports) {
        boolean must = brewery.isResumable();
        if (brewery.isOpen() && brewery.resume(ports.brewery())) {
            focus.enter(process -> process.ports().breweryJoined());
            return true;
        }
        if (focus.isAlive()) {
            brewery.close();
            breweryLost();
            regainBrewery();
        }
        return !must;
    }

    /** Everything works from now on. */
    void heal() {
        rooms.forEach(room -> room.service(true));
        regainStream();
    }

    void healBrewery() {
        regainBrewery();
    }
}
