package io.processpool.core.launch;

import io.processpool.spi.ProcessSettings;
import io.processpool.worker.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The start-up archive of the workers of one pool: the classes of the worker's jar, and those of
 * the JDK that it uses, in the form in which a JVM has them in memory. A worker that maps them
 * starts in half the time, and shares them with the others.
 *
 * <p>It is a dynamic archive of class data sharing, as every Java since 17 can make one when it
 * ends. Where it does not fit, for the user's flags want another collector or larger objects, the
 * JVM goes without and keeps the archive that it brings itself. An AOT cache, which newer ones have
 * beside that, is larger, takes longer to make, and costs the JVM its own archive where it does not
 * fit; and workers started no sooner with it.
 *
 * <p>The system property {@value #PROPERTY} set to {@code off} does without.
 */
final class StartupArchive {
  static final String PROPERTY = "io.processpool.archive";

  /**
   * An archive fits heaps with references of the same form as in that of its maker. Those of a
   * small one are as in nearly all, whatever the memory of the machine.
   */
  private static final String SMALL_HEAP = "-Xmx512m";

  private static final int FIRST_WITH_AOT_LOG = 24;

  /** In these words users have flags that do not go together with those for an archive. */
  private static final List<String> USERS_OWN =
      List.of("-Xshare", "Archive", "SharedClassList", "AOT", "-XX:Flags", "VMOptionsFile");

  /** Between the flags in a variable, also where these are quoted. */
  private static final String WORD_END = "[\\s\"']+";

  private final @Nullable JavaBuild java;

  private StartupArchive(@Nullable JavaBuild java) {
    this.java = java;
  }

  /** That of the workers with these settings, if they can have one. */
  static StartupArchive of(ProcessSettings settings) {
    boolean unwanted = "off".equals(System.getProperty(PROPERTY)) || hasUsersOwn(settings);
    return new StartupArchive(
        unwanted ? null : JavaBuild.of(JavaInstallation.home(settings.javaHome())));
  }

  /** The files of the archive that goes with a jar; {@code null} if there cannot be any. */
  @Nullable ArchiveFiles files(PlacedJar jar) {
    if (java == null || !jar.isCached()) {
      return null;
    }
    try {
      return ArchiveFiles.of(java, jar.file());
    } catch (IOException e) {
      return null; // somebody has deleted the jar just now
    }
  }

  /** The flags to start with an archive, and to say nothing if it does not fit. */
  List<String> flags(Path archive) {
    List<String> flags = new ArrayList<>();
    flags.add("-XX:SharedArchiveFile=" + archive);
    flags.addAll(silence());
    return flags;
  }

  /** The flags to make an archive. */
  List<String> flagsToMake(Path archive) {
    List<String> flags = new ArrayList<>();
    flags.add("-XX:ArchiveClassesAtExit=" + archive);
    flags.add("-D" + Rehearsal.MARK + "=true");
    flags.add(SMALL_HEAP);
    flags.addAll(silence()); // if a JVM does not know these words, then it makes no archive either
    return flags;
  }

  private List<String> silence() {
    return java != null && java.feature() >= FIRST_WITH_AOT_LOG
        ? List.of("-Xlog:cds*=off:stderr", "-Xlog:aot*=off:stderr")
        : List.of("-Xlog:cds*=off:stderr");
  }

  private static boolean hasUsersOwn(ProcessSettings settings) {
    if (isAnyUsersOwn(settings.jvmArgs())) {
      return true;
    }
    for (String variable : WorkerCommand.OPTION_VARIABLES) {
      String options = settings.environment().getOrDefault(variable, System.getenv(variable));
      if (options != null && isAnyUsersOwn(List.of(options.split(WORD_END, -1)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnyUsersOwn(List<String> flags) {
    for (String flag : flags) {
      if (isUsersOwn(flag)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUsersOwn(String flag) {
    return flag.startsWith("@") // a file of flags
        || (flag.startsWith("-X") && USERS_OWN.stream().anyMatch(flag::contains));
  }
}
