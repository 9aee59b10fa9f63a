/** What can be seen of a running focus: immutable values, taken without waiting for anybody. */
@NullMarked
package org.confocal.focus.view;

import org.jspecify.annotations.NullMarked;
