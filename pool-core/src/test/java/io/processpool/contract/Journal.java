package io.processpool.contract;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What tasks in any process have written down, one line each. */
record Journal(String path) {

  static Journal in(Path directory, String name) {
    return new Journal(directory.resolve(name).toString());
  }

  void write(Object line) throws IOException {
    Files.writeString(Path.of(path), line + "\n", CREATE, APPEND);
  }

  List<String> lines() throws IOException {
    return Files.exists(Path.of(path)) ? Files.readAllLines(Path.of(path)) : List.of();
  }
}
