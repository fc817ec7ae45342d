package io.processpool.core.result;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where in this JVM something was submitted, to be seen in the exceptions that come of it. */
public final class SubmitSite {
  private static final StackTraceElement BY = mark("---- submitted to the pool by ----");
  private static final StackTraceElement AFTER =
      mark("---- submitted to the pool shortly after a task submitted by ----");

  private final Throwable stack;
  private final StackTraceElement mark;

  /** Notes where the caller is. */
  SubmitSite() {
    this(new Throwable(), BY);
  }

  private SubmitSite(Throwable stack, StackTraceElement mark) {
    this.stack = stack;
    this.mark = mark;
  }

  private static StackTraceElement mark(String text) {
    return new StackTraceElement("io.processpool", text, null, -1);
  }

  /** That of something else that is submitted soon, which says that it is not quite its own. */
  SubmitSite ofWhatFollows() {
    return new SubmitSite(stack, AFTER);
  }

  /**
   * Appends the frames of this site to those of an exception.
   *
   * @param failure the exception, with the frames of the worker
   * @return the same exception
   */
  <T extends Throwable> T addTo(T failure) {
    try {
      append(failure);
    } catch (Throwable e) {
      // The exception's own methods are user code; without them it goes as it is.
    }
    return failure;
  }

  private void append(Throwable failure) {
    StackTraceElement[] remote = failure.getStackTrace();
    StackTraceElement[] local = stack.getStackTrace();
    int own = 0;
    while (own < local.length && isOurs(local[own].getClassName())) {
      own++;
    }
    StackTraceElement[] all = Arrays.copyOf(remote, remote.length + 1 + local.length - own);
    all[remote.length] = mark;
    System.arraycopy(local, own, all, remote.length + 1, local.length - own);
    failure.setStackTrace(all);
  }

  private static boolean isOurs(@Nullable String className) {
    return className != null
        && (className.startsWith("io.processpool.core.")
            || className.equals("io.processpool.Pool"));
  }
}
