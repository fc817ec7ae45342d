/** Which worker runs which chunk when, and how workers come and go. */
@NullMarked
package io.processpool.core.schedule;

import org.jspecify.annotations.NullMarked;
