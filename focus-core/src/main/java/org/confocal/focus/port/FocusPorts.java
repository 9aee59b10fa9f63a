package org.confocal.focus.port;

/** The ways out of the core, all of them. */
public record FocusPorts(
        RoomGateway rooms, ParticipantGateway participants, BridgeGateway bridges, AnswerGateway answers) {}
