package io.processpool.core.launch;

import io.processpool.core.nesting.Nesting;
import io.processpool.spi.ProcessSettings;
import io.processpool.worker.ChannelMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command line and environment of a worker.
 *
 * <p>With a shell at hand, it first moves the protocol channel to descriptors 3 and 4, and then
 * becomes Java: whatever prints to standard output from then on, be it the JVM itself, prints to
 * standard error. The words name the worker's jar without its directory, which is looked up for
 * each start. The system property {@value #CHANNEL} chooses another {@link ChannelMode} by name.
 */
record WorkerCommand(ChannelMode mode, List<String> words, ProcessSettings settings, int depth) {
  static final String CHANNEL = "io.processpool.channel";

  private static final String SHELL = "/bin/sh";
  private static final String TRAMPOLINE = "exec 3>&1 4<&0 1>&2 0</dev/null; exec \"$0\" \"$@\"";
  private static final List<String> OPTION_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  static WorkerCommand of(ProcessSettings settings, int slots) {
    ChannelMode mode = chosenMode();
    List<String> words = new ArrayList<>();
    if (mode == ChannelMode.DESCRIPTORS) {
      words.addAll(List.of(SHELL, "-c", TRAMPOLINE));
    }
    words.add(JavaInstallation.launcher(settings.javaHome()).toString());
    words.addAll(flags(slots));
    words.addAll(settings.jvmArgs());
    words.addAll(List.of("-jar", WorkerJar.NAME, mode.name()));
    words.add(Long.toString(ProcessHandle.current().pid()));
    return new WorkerCommand(mode, List.copyOf(words), settings, Nesting.depth() + 1);
  }

  /** For one start: the jar may have been deleted or changed since the last one. */
  ProcessBuilder toProcessBuilder() {
    ProcessBuilder builder = new ProcessBuilder(withJar(WorkerJar.locate()));
    if (settings.workingDirectory() != null) {
      builder.directory(settings.workingDirectory().toFile());
    }
    Map<String, String> environment = builder.environment();
    OPTION_VARIABLES.forEach(name -> environment.computeIfPresent(name, (n, v) -> noDebugger(v)));
    environment.putAll(settings.environment());
    Nesting.mark(environment, depth);
    return builder;
  }

  private List<String> withJar(Path jar) {
    List<String> complete = new ArrayList<>(words);
    complete.set(words.lastIndexOf(WorkerJar.NAME), jar.toString());
    return complete;
  }

  /**
   * Sized for many workers on one machine: each a fair share of memory, few threads. A crash leaves
   * its report and no core dump, which could be as large as the memory.
   */
  private static List<String> flags(int slots) {
    int share = Math.max(2, Runtime.getRuntime().availableProcessors() / slots);
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:PretenureSizeThreshold=1m",
        "-XX:ActiveProcessorCount=" + share,
        "-XX:MaxRAMPercentage=" + Math.max(1.0, 75.0 / slots),
        "-Xshare:auto",
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
    return Arrays.stream(options.split(" "))
        .filter(o -> !o.startsWith("-agentlib:jdwp") && !o.startsWith("-Xrunjdwp"))
        .collect(Collectors.joining(" "));
  }
}
