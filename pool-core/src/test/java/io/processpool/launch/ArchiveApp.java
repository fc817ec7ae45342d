package io.processpool.launch;

import io.processpool.Pool;
import io.processpool.PoolBuilder;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints the flags of its first worker, and of the last. The first argument says what else it does,
 * the others are flags for its workers.
 */
public final class ArchiveApp {
  static final String ONCE = "once";
  static final String UNTIL_ARCHIVED = "until a worker has an archive";
  static final String TERMINATE = "terminate while the archive is made";
  static final String FOR_EVER = "for ever";

  /** One pool after the other, for each argument with the flags in that. */
  static final String EACH = "a pool for each argument";

  /** The home of the workers' Java, or several, for a pool each; this one's if it is not set. */
  static final String JAVA_HOME = "app.javaHome";

  private static final String NO_HOME = "none";

  private ArchiveApp() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> flags = List.of(args).subList(1, args.length);
    if (args[0].equals(EACH)) {
      for (String each : flags) {
        use(builder(List.of(each.split(" "))), ONCE);
      }
    } else {
      for (String home : System.getProperty(JAVA_HOME, NO_HOME).split(File.pathSeparator, -1)) {
        PoolBuilder builder = builder(flags);
        use(home.equals(NO_HOME) ? builder : builder.javaHome(Path.of(home)), args[0]);
      }
    }
    System.out.println("processes left: " + ProcessHandle.current().descendants().count());
  }

  private static PoolBuilder builder(List<String> flags) {
    return Pool.builder().workers(1).maxTasksPerWorker(1).jvmArgs(flags.toArray(String[]::new));
  }

  private static void use(PoolBuilder builder, String what) throws InterruptedException {
    try (Pool pool = builder.build()) {
      String flags = pool.apply(ArchiveApp::flags);
      System.out.println("first: " + flags);
      while (what.equals(UNTIL_ARCHIVED) && !flags.contains("SharedArchiveFile")) {
        Thread.sleep(50); // it is being made, on a machine that may have much to do
        flags = pool.apply(ArchiveApp::flags);
      }
      System.out.println("last: " + flags);
      if (what.equals(TERMINATE)) {
        awaitTraining();
        pool.terminate();
      } else if (what.equals(FOR_EVER)) {
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  private static void awaitTraining() throws InterruptedException {
    while (ProcessHandle.current().descendants().noneMatch(ArchiveApp::isTraining)) {
      Thread.sleep(5);
    }
  }

  static boolean isTraining(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("ArchiveClassesAtExit");
  }

  private static String flags() {
    return String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments());
  }
}
