package io.processpool.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@link Files} lacks. */
public final class Directories {

  private Directories() {}

  /** Deletes a directory with all it holds. */
  public static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
