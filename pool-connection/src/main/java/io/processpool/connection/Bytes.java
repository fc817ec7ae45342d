package io.processpool.connection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Arrays of bytes: puts them together, and describes them. */
final class Bytes {
  private static final int MOST_SHOWN = 32;

  private Bytes() {}

  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Describes what somebody has sent, in printable ASCII. */
  static String describe(byte[] bytes) {
    String start =
        new String(bytes, 0, Math.min(bytes.length, MOST_SHOWN), StandardCharsets.ISO_8859_1);
    String printable = start.replaceAll("[^ -~]", ".");
    return bytes.length + " bytes '" + printable + (bytes.length > MOST_SHOWN ? "…'" : "'");
  }
}
