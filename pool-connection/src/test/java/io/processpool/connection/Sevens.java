package io.processpool.connection;

import java.io.InputStream;
import java.util.Arrays;

/** Any number of bytes, all of them 7. */
final class Sevens extends InputStream {
  private long left;

  Sevens(long count) {
    this.left = count;
  }

  @Override
  public int read() {
    return left-- > 0 ? 7 : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (left <= 0) {
      return -1;
    }
    int count = (int) Math.min(length, left);
    Arrays.fill(bytes, offset, offset + count, (byte) 7);
    left -= count;
    return count;
  }
}
