package io.processpool.core.result;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where in this JVM something was submitted, to be seen in the exceptions that come of it. */
final class SubmitSite {
  private static final StackTraceElement MARK =
      new StackTraceElement("io.processpool", "---- submitted to the pool by ----", null, -1);

  private final Throwable stack = new Throwable();

  /** Notes where the caller is. */
  SubmitSite() {}

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
    all[remote.length] = MARK;
    System.arraycopy(local, own, all, remote.length + 1, local.length - own);
    failure.setStackTrace(all);
  }

  private static boolean isOurs(@Nullable String className) {
    return className != null
        && (className.startsWith("io.processpool.core.")
            || className.equals("io.processpool.Pool"));
  }
}
