package io.processpool.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;

/** Bytes behind the name of a digest in braces, as since Python 3.12. */
final class Tagged {
  private static final int LONGEST_PREFIX = Digest.SHA3_256.prefix().length;

  private final Digest digest;
  private final byte[] rest;

  private Tagged(Digest digest, byte[] rest) {
    this.digest = digest;
    this.rest = rest;
  }

  Digest digest() {
    return digest;
  }

  /** The bytes behind the name. */
  byte[] rest() {
    return rest;
  }

  /** Takes a message apart; there is nothing if it is another. */
  static Optional<Tagged> parse(byte[] message) {
    String start = new String(message, 0, Math.min(message.length, LONGEST_PREFIX), US_ASCII);
    int close = start.indexOf('}');
    if (close < 0 || start.charAt(0) != '{') {
      return Optional.empty();
    }
    return Digest.named(start.substring(1, close))
        .map(digest -> new Tagged(digest, Arrays.copyOfRange(message, close + 1, message.length)));
  }
}
