package io.processpool.core.schedule;

/**
 * How items came to the pool.
 *
 * @param time when they were submitted, in nanoseconds of this process's clock
 * @param serialising how long it took to write one of them on average, in nanoseconds
 */
public record Departure(long time, long serialising) {}
