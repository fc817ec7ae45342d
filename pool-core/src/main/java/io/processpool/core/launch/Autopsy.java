package io.processpool.core.launch;

import io.processpool.WorkerLoss;
import io.processpool.WorkerLoss.Reason;
import io.processpool.core.output.PrintedLines;
import io.processpool.worker.ExitStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds out how a worker process came to its end, and puts it into words. */
final class Autopsy {
  private static final int STATUS_OF_OUT_OF_MEMORY = 3;
  private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";
  private static final int MOST_FRAMES = 12;
  private static final String LINE = System.lineSeparator();

  private final Remains remains;
  private final LastSeen lastSeen;

  private Autopsy(Remains remains, LastSeen lastSeen) {
    this.remains = remains;
    this.lastSeen = lastSeen;
  }

  /** Explains an end. Never throws: what it cannot make out has the reason {@code UNKNOWN}. */
  static WorkerLoss of(Remains remains, LastSeen lastSeen) {
    try {
      return new Autopsy(remains, lastSeen).explain();
    } catch (RuntimeException | Error e) {
      return WorkerLoss.of(Reason.UNKNOWN, "what became of it cannot be told: " + e, remains.pid())
          .exitStatus(remains.exitStatus())
          .build();
    }
  }

  private WorkerLoss explain() {
    CrashReport crash = remains.crash();
    List<StackTraceElement> exitStack = lastSeen.exitStack();
    if (lastSeen.killedBecause() != null) {
      return killedByPool(lastSeen.killedBecause());
    }
    if (crash != null) {
      return crashed(crash);
    }
    if (exitStack != null) {
      return exited(exitStack);
    }
    String noMemory = lineOfOutOfMemory();
    if (noMemory != null) {
      return loss(Reason.OUT_OF_MEMORY, "it ran out of memory" + noMemory, "", null);
    }
    String signal = Signals.ofStatus(remains.exitStatus());
    return signal == null ? halted() : signalled(signal);
  }

  private WorkerLoss killedByPool(String why) {
    return loss(
        lastSeen.brokeProtocol() ? Reason.PROTOCOL : Reason.KILLED,
        "the pool killed it, because " + why,
        "",
        Signals.ofStatus(remains.exitStatus()));
  }

  private WorkerLoss crashed(CrashReport crash) {
    String signal = crash.signal();
    StringBuilder details = new StringBuilder();
    crash.keyLines().forEach(line -> details.append(LINE).append("  ").append(line));
    if (crash.file() != null) {
      details.append(LINE).append("  crash report: ").append(crash.file());
    }
    if (crash.isForWantOfMemory()) {
      return loss(Reason.OUT_OF_MEMORY, "the system had no memory for it", details, null);
    }
    String what = "its JVM crashed" + (signal == null ? "" : " with " + signal);
    return loss(Reason.CRASH, what, details, signal);
  }

  /** Shows the user's part of the stack; what called that is always the same. */
  private WorkerLoss exited(List<StackTraceElement> stack) {
    List<StackTraceElement> users =
        stack.stream()
            .takeWhile(frame -> !isOurs(frame))
            .filter(frame -> !frame.getClassName().contains("$$Lambda"))
            .toList();
    StringBuilder details = new StringBuilder();
    users.stream()
        .limit(MOST_FRAMES)
        .forEach(frame -> details.append(LINE).append("    at ").append(frame));
    if (users.size() > MOST_FRAMES) {
      details.append(LINE).append("    ... ").append(users.size() - MOST_FRAMES).append(" more");
    }
    String overdue = lastSeen.overdue() ? ", and it was killed because it did not end" : "";
    return loss(Reason.EXIT, "System.exit was called in it" + overdue, details, null);
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith("io.processpool.worker.")
        || frame.getClassName().startsWith("io.processpool.wire.");
  }

  private WorkerLoss signalled(String signal) {
    if (Signals.isOfCrash(signal)) {
      return loss(Reason.CRASH, "it crashed with " + signal + ", and left no report", "", signal);
    }
    String perhaps = signal.equals("SIGKILL") ? ", perhaps by the system, for want of memory" : "";
    return loss(Reason.KILLED, "it was killed with " + signal + perhaps, "", signal);
  }

  private WorkerLoss halted() {
    String how =
        switch (remains.exitStatus()) {
          case ExitStatus.PARENT_GONE -> "it ended, as a worker does whose parent seems gone";
          case ExitStatus.BROKEN -> "it ended, as a worker does that cannot go on";
          default ->
              lastSeen.greeted()
                  ? "it ended without System.exit, as by Runtime.halt or in native code"
                  : "its JVM did not come up";
        };
    return loss(Reason.HALT, how, "", null);
  }

  /** What the JVM printed of the memory that it had not got; {@code null} if that was not it. */
  private @Nullable String lineOfOutOfMemory() {
    if (remains.exitStatus() == STATUS_OF_OUT_OF_MEMORY) {
      for (String line : remains.lastOutput()) {
        int start = line.indexOf(OUT_OF_MEMORY);
        if (start >= 0) {
          return line.substring(start + OUT_OF_MEMORY.length());
        }
      }
    }
    return null;
  }

  private WorkerLoss loss(
      Reason reason, String what, CharSequence details, @Nullable String signal) {
    CrashReport crash = remains.crash();
    List<StackTraceElement> exitStack = lastSeen.exitStack();
    String explanation = what + circumstances() + details + printed(crash != null);
    return WorkerLoss.of(reason, explanation, remains.pid())
        .uptime(remains.uptime())
        .exitStatus(remains.exitStatus())
        .signal(signal)
        .crashReport(crash == null ? null : crash.file())
        .exitStack(exitStack == null ? List.of() : exitStack)
        .lastOutput(remains.lastOutput())
        .build();
  }

  private String circumstances() {
    return " (exit status " + remains.exitStatus() + ", after " + inWords(remains.uptime()) + ")";
  }

  private static String inWords(Duration time) {
    if (time.toMinutes() > 0) {
      return time.truncatedTo(ChronoUnit.SECONDS).toString().substring(2).toLowerCase(Locale.ROOT);
    }
    return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
  }

  /** The last output; without the banner of a crash, of which everything is said already. */
  private String printed(boolean crashed) {
    String text =
        PrintedLines.shown(
            remains.lastOutput().stream()
                .filter(line -> !crashed || !line.startsWith("#"))
                .toList());
    return text.isEmpty() ? "" : LINE + "  its last output:" + text;
  }
}
