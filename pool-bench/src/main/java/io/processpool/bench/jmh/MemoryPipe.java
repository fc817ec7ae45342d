package io.processpool.bench.jmh;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A pipe without another end: what was written is read by the same thread. It has room for so many
 * bytes until all of them are read.
 */
final class MemoryPipe {
  private final byte[] bytes;
  private int written;
  private int read;

  MemoryPipe(int room) {
    this.bytes = new byte[room];
  }

  OutputStream in() {
    return new In();
  }

  InputStream out() {
    return new Out();
  }

  private final class In extends OutputStream {
    @Override
    public void write(int b) {
      bytes[written++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      System.arraycopy(source, offset, bytes, written, length);
      written += length;
    }
  }

  private final class Out extends InputStream {
    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int some = Math.min(length, written - read);
      if (some == 0) {
        return -1;
      }
      System.arraycopy(bytes, read, target, offset, some);
      read += some;
      if (read == written) {
        read = 0;
        written = 0;
      }
      return some;
    }
  }
}
