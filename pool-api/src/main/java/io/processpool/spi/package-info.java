/**
 * What an implementation of pools, and what a backend that runs their work, must offer. Users of
 * pools need nothing from here.
 *
 * <p>A pool keeps everything pool-like to itself: queue, order, chunks, credit, handles and
 * replacement. A {@link io.processpool.spi.Backend} only runs opaque chunks of bytes on {@link
 * io.processpool.spi.Slot}s.
 */
@NullMarked
package io.processpool.spi;

import org.jspecify.annotations.NullMarked;
