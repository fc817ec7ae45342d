package io.processpool.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The class files of the JDK that runs this code, by their paths in its {@code jrt:/} files. */
final class RuntimeImage {
  private static final FileSystem FILES = FileSystems.getFileSystem(URI.create("jrt:/"));
  private static final String MODULES = "/modules";

  private RuntimeImage() {}

  static SortedSet<String> modules() throws IOException {
    SortedSet<String> names = new TreeSet<>();
    try (Stream<Path> directories = Files.list(FILES.getPath(MODULES))) {
      directories.forEach(directory -> names.add(directory.getFileName().toString()));
    }
    return names;
  }

  static List<String> classFiles(Collection<String> modules) throws IOException {
    List<String> paths = new ArrayList<>();
    for (String module : modules) {
      try (Stream<Path> files = Files.walk(FILES.getPath(MODULES, module))) {
        files
            .map(Path::toString)
            .filter(path -> path.endsWith(".class"))
            .sorted()
            .forEach(paths::add);
      }
    }
    return paths;
  }

  static byte[] read(String path) throws IOException {
    return Files.readAllBytes(FILES.getPath(path));
  }

  static String moduleOf(String path) {
    int start = MODULES.length() + 1;
    return path.substring(start, path.indexOf('/', start));
  }
}
