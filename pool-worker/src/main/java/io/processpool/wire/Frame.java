package io.processpool.wire;

import io.processpool.wire.kryo.LargeArray;
import org.jspecify.annotations.Nullable;

/**
 * One message between parent and worker. On the wire it is a header of {@value #HEADER_LENGTH}
 * bytes, big-endian, the payload, and a trailer of {@value #TRAILER_LENGTH} bytes, the payload's
 * CRC-32C:
 *
 * <pre>
 *  0  magic     8  id        16  first    24  payload length
 *  4  type                   20  count    28  CRC-32C of bytes 0 to 27
 *  5  sequence number (3 bytes)
 * </pre>
 *
 * <p>Both ends compute the checksum of a payload piece by piece while it travels.
 *
 * <p>The frames of each direction are numbered from 0, modulo 2^24: one that is missing, that comes
 * twice or out of its order is seen by its number.
 *
 * <p>The header names the frame's owner, so that a payload that cannot be read fails that owner
 * alone.
 *
 * @param type what it is for
 * @param id the chunk or function that it belongs to; 0 for none
 * @param first a number whose meaning depends on the type
 * @param count how many items the payload has
 * @param payload the payload, opaque to the channel
 * @param array what comes behind it, as part of the payload for who reads it; or {@code null}
 * @param rest what comes behind that, also as part of the payload
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Frame(
    FrameType type,
    long id,
    int first,
    int count,
    byte[] payload,
    @Nullable LargeArray array,
    byte[] rest) {

  /** The length of the header, in bytes. */
  public static final int HEADER_LENGTH = 32;

  /** The length of the trailer, in bytes. */
  public static final int TRAILER_LENGTH = 4;

  static final int MAGIC = 0x50505731;
  static final int LAST_SEQUENCE_NUMBER = 0xFFFFFF;
  static final byte[] NOTHING = {};

  /**
   * A frame with its payload in two pieces.
   *
   * @param type what it is for
   * @param id the chunk or function that it belongs to; 0 for none
   * @param first a number whose meaning depends on the type
   * @param count how many items the payload has
   * @param payload the payload
   * @param rest what comes behind it
   */
  public Frame(FrameType type, long id, int first, int count, byte[] payload, byte[] rest) {
    this(type, id, first, count, payload, null, rest);
  }

  /**
   * A frame with its payload in one piece.
   *
   * @param type what it is for
   * @param id the chunk or function that it belongs to; 0 for none
   * @param first a number whose meaning depends on the type
   * @param count how many items the payload has
   * @param payload the payload
   */
  public Frame(FrameType type, long id, int first, int count, byte[] payload) {
    this(type, id, first, count, payload, NOTHING);
  }

  /**
   * A frame without payload.
   *
   * @param type what it is for
   * @param id the chunk or function that it belongs to; 0 for none
   * @return the frame
   */
  public static Frame of(FrameType type, long id) {
    return new Frame(type, id, 0, 0, NOTHING);
  }

  /**
   * A frame that belongs to no chunk.
   *
   * @param type what it is for
   * @param payload the payload
   * @return the frame
   */
  public static Frame of(FrameType type, byte[] payload) {
    return new Frame(type, 0, 0, 0, payload);
  }

  /**
   * How long the payload is, with all that comes behind it.
   *
   * @return the length in bytes, which may be more than can be sent
   */
  public long payloadLength() {
    int arrayLength = array == null ? 0 : array.bytes();
    return (long) payload.length + arrayLength + rest.length;
  }
}
