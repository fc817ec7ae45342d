package io.processpool.core.schedule;

/**
 * Which worker something is said of.
 *
 * @param number its number within the pool, from 1
 * @param pid the id of its process
 * @param clockOffset how far the clock of this process is ahead of its own, in nanoseconds
 */
public record WorkerIdentity(int number, long pid, long clockOffset) {}
