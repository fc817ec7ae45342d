package io.processpool.bench.chaos;

import io.processpool.bench.command.Command;
import io.processpool.bench.command.Directories;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs {@link Chaos} once, with files in a directory of its own that is deleted after it. */
public final class ChaosCommand implements Command {

  @Override
  public String name() {
    return "chaos";
  }

  @Override
  public String usage() {
    return ChaosOptions.USAGE;
  }

  @Override
  public int run(List<String> options, PrintStream out, PrintStream err) throws Exception {
    ChaosOptions chosen = ChaosOptions.parse(options);
    out.println(
        "chaos: seed "
            + chosen.seed()
            + ", "
            + chosen.seconds()
            + " s, "
            + chosen.workers()
            + " workers, Java "
            + Runtime.version());
    Path directory = Files.createTempDirectory("pool-chaos-");
    try {
      return new Chaos(chosen, directory, out, err).run() ? 0 : 1;
    } finally {
      Directories.delete(directory);
    }
  }
}
