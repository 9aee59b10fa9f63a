/** The demo: a whole deployment in one process tree, with people in it, and what it measured as one JSON object. */
@NullMarked
package org.confocal.tests.demo;

import org.jspecify.annotations.NullMarked;
