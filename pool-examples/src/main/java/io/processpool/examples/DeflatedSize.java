package io.processpool.examples;

import java.util.zip.Deflater;

/** How many bytes remain of a file when it is compressed as it would be in a jar. */
final class DeflatedSize {
  private DeflatedSize() {}

  static int of(byte[] content) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] buffer = new byte[8192];
      int size = 0;
      while (!deflater.finished()) {
        size += deflater.deflate(buffer);
      }
      return size;
    } finally {
      deflater.end();
    }
  }
}
