package io.processpool.spi;

/**
 * Outcomes of items of one chunk, which follow on each other.
 *
 * @param chunkId the chunk
 * @param first the position within the chunk of the first of them
 * @param count how many there are
 * @param outcomes their outcomes, an opaque block
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record SlotOutcomes(long chunkId, int first, int count, byte[] outcomes) {}
