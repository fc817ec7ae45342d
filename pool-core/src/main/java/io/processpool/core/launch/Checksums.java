package io.processpool.core.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Checksums as parts of names of files: they tell what differs by chance, and not by intent. */
final class Checksums {
  private static final int SLICE = 1 << 16;

  private Checksums() {}

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String of(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return named(sum.getValue());
  }

  static String of(Path file) throws IOException {
    CRC32 sum = new CRC32();
    byte[] slice = new byte[SLICE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(slice); read >= 0; read = in.read(slice)) {
        sum.update(slice, 0, read);
      }
    }
    return named(sum.getValue());
  }

  /** A CRC-32 that is known. */
  static String named(long crc) {
    return Long.toHexString(crc);
  }
}
