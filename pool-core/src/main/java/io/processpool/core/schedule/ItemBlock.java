package io.processpool.core.schedule;

/**
 * Encoded items of a job.
 *
 * @param base the index within the job of the first of them
 * @param count how many there are
 * @param block the items, a block
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ItemBlock(int base, int count, byte[] block) {}
