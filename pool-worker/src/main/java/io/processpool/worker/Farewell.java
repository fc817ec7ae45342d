package io.processpool.worker;

import io.processpool.wire.ExitStack;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parent is told when this process exits: the outcomes that wait to be sent, and then, if
 * the exit is user code's, who called {@code System.exit}.
 *
 * <p>A shutdown hook sees to it. It finds the caller among the threads, where it waits for the
 * hooks. A signal makes the JVM's own threads run the hooks, in which case there is nobody to name.
 */
final class Farewell {
  private static final long PATIENCE_MILLIS = 2000;

  private final Runnable flush;
  private final FrameSender sender;
  private volatile boolean orderly;

  Farewell(Runnable flush, FrameSender sender) {
    this.flush = flush;
    this.sender = sender;
  }

  void prepare() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::sayInTime, "pool-farewell"));
  }

  /** Notes that the exit to come is the worker's own. */
  void isOrderly() {
    orderly = true;
  }

  /** A parent that takes nothing any more must not keep this process. */
  private void sayInTime() {
    LastWords.say("pool-farewell-speaker", this::say, PATIENCE_MILLIS);
  }

  private void say() {
    flush.run();
    if (!orderly) {
      List<StackTraceElement> stack = exitStack();
      if (stack != null) {
        sender.send(Frame.of(FrameType.EXITING, ExitStack.encode(stack)));
      }
    }
  }

  /**
   * The stack of who called {@code System.exit}; {@code null} if nobody did. It is empty if the
   * caller is a virtual thread, for those cannot be listed.
   */
  private static @Nullable List<StackTraceElement> exitStack() {
    for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
      if (isIn(stack, "java.lang.Shutdown", "runHooks")) {
        int exit = last(stack, "exit", "java.lang.System", "java.lang.Runtime");
        return exit < 0 ? null : Arrays.asList(stack).subList(exit, stack.length);
      }
    }
    return List.of();
  }

  private static boolean isIn(StackTraceElement[] stack, String type, String method) {
    return last(stack, method, type) >= 0;
  }

  /** The position of the earliest call of a method, as far as the calls before it are its own. */
  private static int last(StackTraceElement[] stack, String method, String... types) {
    int found = -1;
    for (int i = 0; i < stack.length; i++) {
      boolean matches =
          stack[i].getMethodName().equals(method)
              && List.of(types).contains(stack[i].getClassName());
      if (matches) {
        found = i;
      } else if (found >= 0) {
        break;
      }
    }
    return found;
  }
}
