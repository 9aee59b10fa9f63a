/** Holds a running focus against what scripts, probes and dashboards of Jicofo sites depend on. The contract is in text files beside it. */
@NullMarked
package org.confocal.tests.contract;

import org.jspecify.annotations.NullMarked;
