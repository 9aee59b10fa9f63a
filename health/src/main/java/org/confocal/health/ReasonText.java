package org.confocal.health;

import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejection;

/** Why a selection left a bridge out, or found none, in words for an operator. */
final class ReasonText {

    private ReasonText() {}

    static String of(Refusal refusal) {
        return switch (refusal) {
            case NO_BRIDGES -> "there is no bridge in the brewery";
            case NONE_OPERATIONAL -> "every bridge has failed lately or is unhealthy";
            case ALL_SHUTTING_DOWN -> "every bridge that works is shutting down";
            case NO_MATCHING_VERSION -> "no usable bridge runs the version that the conference is on or pinned to";
            case DENIED_BY_POLICY -> "the site's policy is against it";
            case SECOND_BRIDGE_NOT_ALLOWED -> "the conference must stay on one bridge, and that one cannot take more";
            case STRATEGY_REFUSED -> "the strategy wanted none of the bridges there were";
        };
    }

    static String of(Rejection rejection) {
        return switch (rejection) {
            case NOT_OPERATIONAL -> "silent lately, or being tried by another conference";
            case SUSPENDED -> "allocations failed there repeatedly, or it has been silent for long";
            case UNHEALTHY -> "it says that it is unhealthy";
            case SHUTTING_DOWN -> "it is shutting down";
            case OTHER_VERSION -> "it runs another version than the conference is on or pinned to";
            case DENIED_BY_POLICY -> "the site's policy is against its region or pool";
            case AVOIDED -> "an allocation of this conference failed there, or the person is moved away from it";
            case DRAINING -> "it is draining, and others are not";
            case IN_GRACEFUL_SHUTDOWN -> "it is in graceful shutdown";
            case OTHER_REGION -> "it is in another region";
            case OVERLOADED -> "its stress has reached the threshold";
            case CONFERENCE_FULL -> "it has as many people of this conference as a bridge may have";
            case RATE_LIMITED -> "too many people of this conference came to it lately";
            case OTHER_AUDIENCE -> "it carries visitors and this is a participant, or the other way round";
        };
    }
}
