/**
 * An emulated videobridge: colibri2 answers in JVB's shape from books that it keeps, presence with JVB's statistics, and
 * faults on switch. The answers are a pure function of books and request; one class carries them over XMPP.
 */
@NullMarked
package org.confocal.tests.bridge;

import org.jspecify.annotations.NullMarked;
