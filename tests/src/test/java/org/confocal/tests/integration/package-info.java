/** The whole focus between a real Prosody, emulated bridges and emulated clients. Nothing of the focus is replaced here. */
@NullMarked
package org.confocal.tests.integration;

import org.jspecify.annotations.NullMarked;
