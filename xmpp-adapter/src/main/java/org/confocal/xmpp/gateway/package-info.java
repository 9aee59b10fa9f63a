/**
 * The core's ports over XMPP connections: rooms, participants, bridges, answers, and the router that turns what arrives into
 * inputs. Nothing here decides anything about a conference, nothing blocks, and no lock is held while something is sent.
 */
@NullMarked
package org.confocal.xmpp.gateway;

import org.jspecify.annotations.NullMarked;
