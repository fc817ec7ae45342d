package io.processpool.core.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file that nobody sees before all of it is there. */
final class WholeFile {

  /** What stands in the file. */
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  private WholeFile() {}

  static void write(Path file, Content content) throws IOException {
    Path name = file.getFileName();
    if (name == null || Files.isDirectory(file)) {
      throw new IOException(file + " is a directory");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString(), null, "there is no directory " + folder);
    }
    Path draft = file.resolveSibling("." + name + "." + UUID.randomUUID() + ".tmp");
    try {
      try (Writer out =
          Files.newBufferedWriter(
              draft,
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      replace(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void replace(Path draft, Path file) throws IOException {
    try {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
