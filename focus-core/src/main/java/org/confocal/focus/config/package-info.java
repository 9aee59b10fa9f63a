/** What can be configured in the core, as values already checked. Reading configuration files is not done here. */
@NullMarked
package org.confocal.focus.config;

import org.jspecify.annotations.NullMarked;
