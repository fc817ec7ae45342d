package io.processpool.core.launch;

import io.processpool.PoolStartException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The Java that runs the workers. */
final class JavaInstallation {
  private static final int OLDEST = 17;

  private JavaInstallation() {}

  /** The {@code java} launcher of a home, or of this JVM's own for {@code null}. */
  static Path launcher(@Nullable Path chosen) {
    Path home = home(chosen);
    Path launcher = existing(home.resolve("bin"));
    if (launcher != null) {
      if (chosen != null) {
        refuseTooOld(home);
      }
      return launcher;
    }
    if (chosen == null) {
      // An application image of its own, such as jpackage makes, has no bin/java.
      String own = ProcessHandle.current().info().command().orElse("");
      if (own.endsWith("java") || own.endsWith("java.exe")) {
        return Path.of(own);
      }
    }
    throw new PoolStartException(
        "No java in "
            + home.resolve("bin")
            + "; javaHome must be the directory of a Java "
            + OLDEST
            + " or later",
        null);
  }

  /** The home that is chosen, or this JVM's own for {@code null}. */
  static Path home(@Nullable Path chosen) {
    return chosen == null ? Path.of(System.getProperty("java.home")) : chosen;
  }

  private static @Nullable Path existing(Path directory) {
    for (String name : new String[] {"java", "java.exe"}) {
      Path launcher = directory.resolve(name);
      if (Files.isExecutable(launcher)) {
        return launcher;
      }
    }
    return null;
  }

  private static void refuseTooOld(Path home) {
    Path release = home.resolve("release");
    Properties properties = new Properties();
    if (Files.isReadable(release)) {
      try (Reader in = Files.newBufferedReader(release)) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        return; // it says nothing of its version; the worker will
      }
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    if (!version.isEmpty() && feature(version) < OLDEST) {
      throw new PoolStartException(
          "javaHome " + home + " is Java " + version + "; workers need " + OLDEST + " or later",
          null);
    }
  }

  private static int feature(String version) {
    try {
      return Runtime.Version.parse(version).feature();
    } catch (IllegalArgumentException e) {
      return version.startsWith("1.") ? 8 : OLDEST; // 1.8.0_402 and the like
    }
  }
}
