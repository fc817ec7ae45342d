package io.processpool.spi;

/**
 * Where a slot runs what it is given.
 *
 * @param pid the id of the process
 * @param clockOffset how far {@link System#nanoTime} is ahead in this process of what it says
 *     there, in nanoseconds
 */
public record SlotProcess(long pid, long clockOffset) {}
