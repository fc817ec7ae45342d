package io.processpool.wire;

/**
 * Outcomes of one chunk that a {@link Recorder} keeps, for they are not sent.
 *
 * @param chunkId their chunk
 * @param first the position within the chunk of the first of them
 * @param count how many there are
 * @param outcomes their block, which has as many entries
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Unsent(long chunkId, int first, int count, byte[] outcomes) {}
