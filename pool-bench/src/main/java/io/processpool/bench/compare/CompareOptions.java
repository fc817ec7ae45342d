package io.processpool.bench.compare;

import io.processpool.bench.command.CommandLine;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link CompareCommand}.
 *
 * @param rounds how often each player plays what counts
 * @param only the names of the bouts, or empty for all
 * @param json where the figures go, too; null for nowhere
 */
record CompareOptions(int rounds, List<String> only, @Nullable Path json) {
  static final String USAGE =
      """
        compare              pools against Python's, threads, bare pipes and bare JVMs, in ratios
          --rounds N         how often each plays, 1 to 1000; default: 7
          --only NAME,NAME   some of the comparisons only; default: all
          --json FILE        the figures as JSON, too\
      """;

  private static final String ROUNDS = "--rounds";
  private static final String ONLY = "--only";
  private static final String JSON = "--json";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it is wrong; the message says what is
   */
  static CompareOptions parse(List<String> options) {
    CommandLine line = new CommandLine(options, List.of(ROUNDS, ONLY, JSON));
    String only = line.text(ONLY, "");
    String json = line.text(JSON, "");
    return new CompareOptions(
        (int) line.number(ROUNDS, 7, 1, 1000),
        only.isEmpty() ? List.of() : List.of(only.split(",", -1)),
        json.isEmpty() ? null : Path.of(json));
  }

  /**
   * Those of the bouts that are wanted.
   *
   * @throws IllegalArgumentException if one is wanted that there is not
   */
  List<Bout> choose(List<Bout> all) {
    List<String> names = all.stream().map(Bout::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "No comparison " + name + "; there are: " + String.join(", ", names));
      }
    }
    return all.stream().filter(bout -> only.isEmpty() || only.contains(bout.name())).toList();
  }
}
