/**
 * An emulated participant: behaves on the wire like lib-jitsi-meet, keeps books of what it was told, and notes everything
 * in which the focus does not keep to what that library demands (spec/07). Hundreds of them fit in one JVM.
 */
@NullMarked
package org.confocal.tests.client;

import org.jspecify.annotations.NullMarked;
