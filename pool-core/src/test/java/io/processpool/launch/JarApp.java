package io.processpool.launch;

import io.processpool.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Says where the jar of its workers is. With an argument, deletes the jar and then changes it. */
public final class JarApp {
  private JarApp() {}

  public static void main(String[] args) throws Exception {
    try (Pool pool = Pool.builder().workers(1).maxTasksPerWorker(1).build()) {
      Path jar = Path.of(pool.apply(JarApp::jar));
      System.out.println(jar);
      if (args.length == 0) {
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

  private static String jar() {
    return System.getProperty("java.class.path");
  }
}
