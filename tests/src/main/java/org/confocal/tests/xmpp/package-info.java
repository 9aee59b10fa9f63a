/**
 * A small XMPP client of the emulators' own: an element tree, a stream, SASL, bind, requests. It shares nothing with the
 * focus' codecs on purpose, so that a mistake there is not repeated and thereby hidden here. Plaintext on loopback only.
 */
@NullMarked
package org.confocal.tests.xmpp;

import org.jspecify.annotations.NullMarked;
