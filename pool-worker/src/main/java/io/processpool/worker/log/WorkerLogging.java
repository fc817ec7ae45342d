package io.processpool.worker.log;

import io.processpool.WorkerLogs;
import io.processpool.wire.Assignment;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameType;
import io.processpool.wire.WireException;
import io.processpool.worker.ItemDiagnostics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The logging of this process. It is set up when somebody logs for the first time: who does not log
 * does not pay for it. Safe for use by several threads.
 */
public final class WorkerLogging {
  private static volatile Choice choice = new Choice(WorkerLogs.STDERR, frame -> {});
  private static volatile @Nullable ForwardingContext forwarding;
  private static volatile boolean inUse;

  private WorkerLogging() {}

  /**
   * What the parent has chosen.
   *
   * @param logs where logs go
   * @param parent sends a frame to the parent
   */
  record Choice(WorkerLogs logs, Consumer<Frame> parent) {}

  /**
   * Says where logs go, before the first user code runs.
   *
   * @param logs where they go
   * @param parent sends a frame to the parent
   */
  public static void choose(WorkerLogs logs, Consumer<Frame> parent) {
    choice = new Choice(logs, parent);
  }

  static Choice choice() {
    return choice;
  }

  /** Somebody logs, or has a diagnostic context. */
  static void isInUse() {
    inUse = true;
  }

  static void forwardsBy(ForwardingContext context) {
    forwarding = context;
  }

  /**
   * Takes the level that the parent wants of a logger. Does not wait.
   *
   * @param frame a {@link FrameType#LEVEL}
   * @throws WireException if there is no such level
   */
  public static void setLevel(Frame frame) throws WireException {
    System.Logger.Level level = level(frame.first());
    ForwardingContext context = forwarding;
    if (context != null) {
      String logger = new String(frame.payload(), StandardCharsets.UTF_8);
      context.setLevelSoon(logger, level);
    }
  }

  private static System.Logger.Level level(int severity) throws WireException {
    for (System.Logger.Level level : System.Logger.Level.values()) {
      if (level.getSeverity() == severity) {
        return level;
      }
    }
    throw new WireException("no level has the severity " + severity);
  }

  /**
   * What gives the thread that runs items the diagnostic context of who submitted them, and nothing
   * else.
   *
   * @return it does nothing as long as nobody logs
   */
  public static ItemDiagnostics diagnostics() {
    return new ItemDiagnostics() {
      @Override
      public void begin(Assignment assignment, int position) {
        set(assignment.diagnostics());
      }

      @Override
      public void end() {
        set(Map.of());
      }

      private void set(Map<String, String> context) {
        if (!context.isEmpty()) {
          MDC.setContextMap(context);
        } else if (inUse) {
          MDC.clear();
        }
      }
    };
  }
}
