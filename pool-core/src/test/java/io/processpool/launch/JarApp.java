package io.processpool.launch;

import io.processpool.Pool;
import io.processpool.PoolBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Says where the jar of its workers is. After that it deletes the jar and then changes it, or its
 * workers do not start before a file is there, if the arguments say so.
 */
public final class JarApp {
  static final String SPOIL = "spoil the jar";
  static final String START_WITH = "start with the file";

  private JarApp() {}

  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    PoolBuilder builder = Pool.builder().workers(1).maxTasksPerWorker(1);
    if (arguments.contains(START_WITH)) {
      String file = arguments.get(1);
      builder.initializer(() -> awaitFile(file));
    }
    try (Pool pool = builder.build()) {
      Path jar = Path.of(pool.apply(JarApp::jar));
      System.out.println(jar);
      if (!arguments.contains(SPOIL)) {
        return;
      }
      Files.delete(jar);
      useUpWorkers(pool);
      System.out.println(Files.exists(jar) ? "restored" : "missing");
      Path other = Files.writeString(jar.resolveSibling("other"), "something else");
      Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
      useUpWorkers(pool);
      System.out.println(Files.size(jar) > 10_000 ? "restored" : "changed");
    }
  }

  /** One may have been started before. */
  private static void useUpWorkers(Pool pool) throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      var unused = pool.apply(JarApp::jar);
    }
  }

  private static void awaitFile(String file) throws InterruptedException {
    while (!Files.exists(Path.of(file))) {
      Thread.sleep(5);
    }
  }

  private static String jar() {
    return System.getProperty("java.class.path");
  }
}
