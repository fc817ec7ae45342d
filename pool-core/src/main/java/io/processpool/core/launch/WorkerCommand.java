package io.processpool.core.launch;

import io.processpool.core.nesting.Nesting;
import io.processpool.spi.ProcessSettings;
import io.processpool.worker.ChannelMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line and environment of a worker.
 *
 * <p>With a shell at hand, it first moves the protocol channel to descriptors 3 and 4, and then
 * becomes Java: whatever prints to standard output from then on, be it the JVM itself, prints to
 * standard error. The arguments name the worker's jar without its directory, which is looked up for
 * each start, and so is the start-up archive. The system property {@value #CHANNEL} chooses another
 * {@link ChannelMode} by name.
 *
 * @param mode how the channel is reached
 * @param launcher the words up to and with the pool's own flags
 * @param arguments the words behind them, the user's flags first
 * @param settings what else there is
 * @param depth how deep the worker is nested in others
 * @param archive the archive to start with
 */
record WorkerCommand(
    ChannelMode mode,
    List<String> launcher,
    List<String> arguments,
    ProcessSettings settings,
    int depth,
    StartupArchive archive) {
  static final String CHANNEL = "io.processpool.channel";
  static final List<String> OPTION_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final String SHELL = "/bin/sh";
  private static final String DEBUGGER = "(?<!\\S)(-agentlib:jdwp|-Xrunjdwp)\\S*\\s*";
  private static final String MOVE_CHANNEL = "exec 3>&1 4<&0 1>&2 0</dev/null; exec \"$0\" \"$@\"";

  /** The command of a worker that is so deep in others, in a pool of so many. */
  static WorkerCommand of(ProcessSettings settings, int slots, int depth) {
    return of(settings, slots, depth, StartupArchive.of(settings));
  }

  private static WorkerCommand of(
      ProcessSettings settings, int slots, int depth, StartupArchive archive) {
    ChannelMode mode = chosenMode();
    List<String> launcher = new ArrayList<>();
    if (mode == ChannelMode.DESCRIPTORS) {
      launcher.addAll(List.of(SHELL, "-c", MOVE_CHANNEL));
    }
    launcher.add(JavaInstallation.launcher(settings.javaHome()).toString());
    launcher.addAll(flags(slots));
    List<String> arguments = new ArrayList<>(settings.jvmArgs());
    arguments.addAll(List.of("-jar", WorkerJar.NAME, mode.name()));
    arguments.add(Long.toString(ProcessHandle.current().pid()));
    return new WorkerCommand(
        mode, List.copyOf(launcher), List.copyOf(arguments), settings, depth, archive);
  }

  /** The command of a worker for the same archive, with other settings. */
  WorkerCommand with(ProcessSettings others, int slots) {
    return of(others, slots, depth, archive);
  }

  /** All the words, as far as they are the same for each start. */
  List<String> words() {
    return joined(launcher, List.of(), arguments);
  }

  /** For one start: the jar may have been deleted or changed since the last one. */
  ProcessBuilder toProcessBuilder(PlacedJar jar, List<String> moreFlags) {
    List<String> complete = joined(launcher, moreFlags, arguments);
    complete.set(complete.lastIndexOf(WorkerJar.NAME), jar.file().toString());
    ProcessBuilder builder = new ProcessBuilder(complete);
    if (settings.workingDirectory() != null) {
      builder.directory(settings.workingDirectory().toFile());
    }
    Map<String, String> environment = builder.environment();
    for (String variable : OPTION_VARIABLES) {
      String options = environment.get(variable);
      if (options != null) {
        environment.put(variable, noDebugger(options));
      }
    }
    environment.putAll(settings.environment());
    Nesting.mark(environment, depth);
    return builder;
  }

  private static List<String> joined(List<String> first, List<String> second, List<String> third) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(third);
    return all;
  }

  /**
   * Sized for many workers on one machine: each a fair share of memory, few threads. A heap begins
   * small, so that short-lived objects use the same pages, which a processor's cache holds, again
   * and again; it grows with what lives. Large arrays are not copied by each collection. A crash
   * leaves its report and no core dump, which could be as large as the memory.
   */
  private static List<String> flags(int slots) {
    int share = Math.max(2, Runtime.getRuntime().availableProcessors() / slots);
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:PretenureSizeThreshold=1m",
        "-XX:ActiveProcessorCount=" + share,
        "-XX:InitialRAMPercentage=0.1",
        "-XX:MaxRAMPercentage=" + Math.max(1.0, 75.0 / slots),
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:ErrorFile=" + CrashReports.pattern(),
        "-XX:-CreateCoredumpOnCrash",
        "-XX:+DisplayVMOutputToStderr",
        "-Xlog:disable",
        "-Xlog:all=warning:stderr",
        "-Djava.awt.headless=true");
  }

  private static ChannelMode chosenMode() {
    String chosen = System.getProperty(CHANNEL);
    if (chosen != null) {
      return ChannelMode.valueOf(chosen);
    }
    if (Files.isExecutable(Path.of(SHELL))) {
      return ChannelMode.DESCRIPTORS;
    }
    return Files.isDirectory(Path.of("/proc/self/fd")) ? ChannelMode.REOPENED : ChannelMode.PLAIN;
  }

  /** A debugger's port is taken by this process already. */
  private static String noDebugger(String options) {
    return options.replaceAll(DEBUGGER, "");
  }
}
