package io.processpool.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The command line of the {@link Census}. */
record CensusOptions(
    int workers, SortedSet<String> modules, Optional<Path> report, Optional<Path> trace) {
  static final String USAGE =
      """
      Usage: Census [--workers N] [--modules NAME,NAME...] [--report FILE] [--trace FILE]
        --workers N          the number of worker processes, 1 or more; default: the processors
        --modules NAME,...   the modules to count, such as java.base,java.xml; default: all
        --report FILE        write what the workers did as a page for a browser
        --trace FILE         write what the workers did as a trace for Perfetto or Chrome\
      """;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it is wrong; the message says what is
   */
  static CensusOptions parse(String... arguments) throws IOException {
    int workers = Runtime.getRuntime().availableProcessors();
    SortedSet<String> known = RuntimeImage.modules();
    SortedSet<String> modules = known;
    Optional<Path> report = Optional.empty();
    Optional<Path> trace = Optional.empty();
    for (int i = 0; i < arguments.length; i += 2) {
      String option = arguments[i];
      switch (option) {
        case "--workers" -> workers = workers(valueOf(option, i + 1, arguments));
        case "--modules" -> modules = modules(valueOf(option, i + 1, arguments), known);
        case "--report" -> report = Optional.of(Path.of(valueOf(option, i + 1, arguments)));
        case "--trace" -> trace = Optional.of(Path.of(valueOf(option, i + 1, arguments)));
        default -> throw new IllegalArgumentException("Unknown option: " + option);
      }
    }
    return new CensusOptions(workers, modules, report, trace);
  }

  private static String valueOf(String option, int index, String... arguments) {
    if (index == arguments.length) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return arguments[index];
  }

  private static int workers(String value) {
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("--workers needs a number from 1 to 9999: " + value);
    }
    return Integer.parseInt(value);
  }

  private static SortedSet<String> modules(String value, SortedSet<String> known) {
    SortedSet<String> chosen = new TreeSet<>(List.of(value.split(",", -1)));
    for (String module : chosen) {
      if (!known.contains(module)) {
        throw new IllegalArgumentException("--modules: this JDK has no module '" + module + "'");
      }
    }
    return chosen;
  }
}
