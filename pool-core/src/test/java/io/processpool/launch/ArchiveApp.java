package io.processpool.launch;

import io.processpool.Pool;
import io.processpool.PoolBuilder;
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

  /** The home of the workers' Java; this one's if it is not set. */
  static final String JAVA_HOME = "app.javaHome";

  private ArchiveApp() {}

  public static void main(String[] args) throws InterruptedException {
    PoolBuilder builder = Pool.builder().workers(1).maxTasksPerWorker(1);
    builder.jvmArgs(List.of(args).subList(1, args.length).toArray(String[]::new));
    String home = System.getProperty(JAVA_HOME);
    if (home != null) {
      builder.javaHome(Path.of(home));
    }
    try (Pool pool = builder.build()) {
      String flags = pool.apply(ArchiveApp::flags);
      System.out.println("first: " + flags);
      while (args[0].equals(UNTIL_ARCHIVED) && !flags.contains("SharedArchiveFile")) {
        Thread.sleep(50); // it is being made, on a machine that may have much to do
        flags = pool.apply(ArchiveApp::flags);
      }
      System.out.println("last: " + flags);
      if (args[0].equals(TERMINATE)) {
        awaitTraining();
        pool.terminate();
      } else if (args[0].equals(FOR_EVER)) {
        Thread.sleep(Long.MAX_VALUE);
      }
    }
    System.out.println("processes left: " + ProcessHandle.current().descendants().count());
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
