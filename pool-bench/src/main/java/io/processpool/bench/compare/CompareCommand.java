package io.processpool.bench.compare;

import io.processpool.bench.command.Command;
import io.processpool.bench.command.Directories;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares pools with their peers and limits, and prints the table. */
public final class CompareCommand implements Command {

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String usage() {
    return CompareOptions.USAGE;
  }

  @Override
  public int run(List<String> options, PrintStream out, PrintStream err) throws Exception {
    CompareOptions chosen = CompareOptions.parse(options);
    List<Bout> bouts = chosen.choose(new Bouts().all());
    Path directory = Files.createTempDirectory("pool-compare-");
    Thread cleaner = new Thread(() -> delete(directory), "compare-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner); // for who is impatient
    try {
      compare(chosen, bouts, new Team(directory), out, err);
      return 0;
    } finally {
      Runtime.getRuntime().removeShutdownHook(cleaner);
      Directories.delete(directory);
    }
  }

  private static void delete(Path directory) {
    try {
      Directories.delete(directory);
    } catch (IOException | UncheckedIOException e) {
      // A player that still ends has written there meanwhile.
    }
  }

  private static void compare(
      CompareOptions chosen, List<Bout> bouts, Team team, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    Contest contest = new Contest(team, chosen.rounds(), err);
    List<Score> scores = new ArrayList<>();
    for (Bout bout : bouts) {
      scores.addAll(contest.run(bout));
    }
    Conditions conditions = Conditions.here(chosen.rounds(), team.pythonVersion());
    new TableReport(conditions, scores).print(out);
    if (chosen.json() != null) {
      new JsonReport(conditions, scores).write(chosen.json());
    }
  }
}
