/**
 * How the bridges of one conference are linked: which relays exist and in which mesh, what they cost, and how they change
 * when a bridge comes or goes. Values and functions; which bridges take part is decided elsewhere.
 */
@NullMarked
package org.confocal.strategy.cascade;

import org.jspecify.annotations.NullMarked;
