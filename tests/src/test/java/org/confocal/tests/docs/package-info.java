/** Documentation that is made from the code. */
@NullMarked
package org.confocal.tests.docs;

import org.jspecify.annotations.NullMarked;
