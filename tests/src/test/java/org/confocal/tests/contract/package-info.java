/** The contract itself, and that it can be broken. */
@NullMarked
package org.confocal.tests.contract;

import org.jspecify.annotations.NullMarked;
