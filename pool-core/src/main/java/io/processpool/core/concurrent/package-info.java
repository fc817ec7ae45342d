/** Threads, what they do apart, and times, as all of this module wants them. */
@NullMarked
package io.processpool.core.concurrent;

import org.jspecify.annotations.NullMarked;
