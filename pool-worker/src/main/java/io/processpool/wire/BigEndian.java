package io.processpool.wire;

/**
 * Numbers among bytes, the most significant byte first. Without buffers and handles, which take a
 * process a while to get ready for their first use.
 */
final class BigEndian {

  private BigEndian() {}

  static int intAt(byte[] bytes, int index) {
    return bytes[index] << 24
        | (bytes[index + 1] & 0xff) << 16
        | (bytes[index + 2] & 0xff) << 8
        | (bytes[index + 3] & 0xff);
  }

  static void putInt(byte[] bytes, int index, int number) {
    bytes[index] = (byte) (number >> 24);
    bytes[index + 1] = (byte) (number >> 16);
    bytes[index + 2] = (byte) (number >> 8);
    bytes[index + 3] = (byte) number;
  }
}
