package org.confocal.xmpp.codec;

import java.util.List;
import org.jitsi.xmpp.extensions.jitsimeet.SessionInvalidPacketExtension;
import org.jivesoftware.smack.packet.StanzaError;

/** The focus' errors as stanza errors, each with the type that RFC 6120 (section 8.3.3) gives to its condition. */
public final class ErrorCodec {
    private ErrorCodec() {}

    public static StanzaError encode(org.confocal.focus.model.StanzaError error) {
        StanzaError.Builder builder = StanzaError.getBuilder(condition(error.condition()));
        builder.setType(type(error.condition()));
        if (!error.text().isEmpty()) {
            builder.setDescriptiveEnText(error.text());
        }
        error.extension().ifPresent(extension -> {
            switch (extension) {
                case SESSION_INVALID -> builder.setExtensions(List.of(new SessionInvalidPacketExtension()));
            }
        });
        return builder.build();
    }

    private static StanzaError.Condition condition(org.confocal.focus.model.StanzaError.Condition condition) {
        return switch (condition) {
            case BAD_REQUEST -> StanzaError.Condition.bad_request;
            case CONFLICT -> StanzaError.Condition.conflict;
            case FEATURE_NOT_IMPLEMENTED -> StanzaError.Condition.feature_not_implemented;
            case FORBIDDEN -> StanzaError.Condition.forbidden;
            case GONE -> StanzaError.Condition.gone;
            case INTERNAL_SERVER_ERROR -> StanzaError.Condition.internal_server_error;
            case ITEM_NOT_FOUND -> StanzaError.Condition.item_not_found;
            case NOT_ACCEPTABLE -> StanzaError.Condition.not_acceptable;
            case NOT_ALLOWED -> StanzaError.Condition.not_allowed;
            case NOT_AUTHORIZED -> StanzaError.Condition.not_authorized;
            case RESOURCE_CONSTRAINT -> StanzaError.Condition.resource_constraint;
            case SERVICE_UNAVAILABLE -> StanzaError.Condition.service_unavailable;
            case UNEXPECTED_REQUEST -> StanzaError.Condition.unexpected_request;
        };
    }

    private static StanzaError.Type type(org.confocal.focus.model.StanzaError.Condition condition) {
        return switch (condition) {
            case BAD_REQUEST, NOT_ACCEPTABLE -> StanzaError.Type.MODIFY;
            case FORBIDDEN, NOT_AUTHORIZED -> StanzaError.Type.AUTH;
            case RESOURCE_CONSTRAINT, UNEXPECTED_REQUEST -> StanzaError.Type.WAIT;
            case CONFLICT,
                    FEATURE_NOT_IMPLEMENTED,
                    GONE,
                    INTERNAL_SERVER_ERROR,
                    ITEM_NOT_FOUND,
                    NOT_ALLOWED,
                    SERVICE_UNAVAILABLE -> StanzaError.Type.CANCEL;
        };
    }
}
