/** Tests of the demo. */
@NullMarked
package org.confocal.tests.demo;

import org.jspecify.annotations.NullMarked;
