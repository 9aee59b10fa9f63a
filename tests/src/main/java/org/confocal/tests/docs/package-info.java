/** Documentation that is made from the code, so that it cannot be out of date. */
@NullMarked
package org.confocal.tests.docs;

import org.jspecify.annotations.NullMarked;
