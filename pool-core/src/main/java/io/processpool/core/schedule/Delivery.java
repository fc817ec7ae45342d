package io.processpool.core.schedule;

/**
 * Outcomes that came together: those of items that follow on each other.
 *
 * @param attempt which attempt to run the items it was
 * @param first the index within the job of the first of them
 * @param count how many there are
 * @param outcomes their outcomes, a block
 * @param received when they came, in nanoseconds of this process's clock
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Delivery(Attempt attempt, int first, int count, byte[] outcomes, long received) {}
