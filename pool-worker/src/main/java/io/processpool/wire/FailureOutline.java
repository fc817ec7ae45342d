package io.processpool.wire;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of an exception without its class, and of those that it was caused by or
 * suppresses. They are numbered, so that one may occur several times, even among its own causes.
 *
 * @param nodes the exceptions, the outermost first
 */
record FailureOutline(List<Node> nodes) {
  private static final int MOST_NODES = 20_000;
  static final int MOST_FRAMES = 2_000_000;
  static final int NO_CAUSE = -1;

  /**
   * One exception.
   *
   * @param cause the number of its cause, or {@link #NO_CAUSE}
   * @param suppressed the numbers of those it suppresses
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Node(
      String className,
      @Nullable String message,
      StackTraceElement[] frames,
      int cause,
      int[] suppressed) {}

  String className() {
    return nodes.get(0).className();
  }

  static FailureOutline nameOnly(Throwable failure) {
    return new FailureOutline(
        List.of(
            new Node(
                failure.getClass().getName(),
                null,
                new StackTraceElement[0],
                NO_CAUSE,
                new int[0])));
  }

  static FailureOutline of(Throwable failure) {
    return new Collector().collect(failure);
  }

  /** Numbers exceptions as it meets them; their own methods may do anything. */
  private static final class Collector {
    private final IdentityHashMap<Throwable, Integer> numbers = new IdentityHashMap<>();
    private final List<Throwable> found = new ArrayList<>();
    private int framesLeft = MOST_FRAMES;

    FailureOutline collect(Throwable failure) {
      List<Node> nodes = new ArrayList<>();
      number(failure);
      for (int i = 0; i < found.size(); i++) {
        nodes.add(node(found.get(i)));
      }
      return new FailureOutline(nodes);
    }

    private Node node(Throwable t) {
      StackTraceElement[] frames = orElse(t::getStackTrace, new StackTraceElement[0]);
      if (frames.length > framesLeft) {
        frames = new StackTraceElement[0];
      }
      framesLeft -= frames.length;
      String message = Collector.<@Nullable String>orElse(t::getMessage, null);
      int cause = number(Collector.<@Nullable Throwable>orElse(t::getCause, null));
      Throwable[] suppressed = t.getSuppressed();
      int[] numbers = new int[suppressed.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = number(suppressed[i]);
      }
      return new Node(t.getClass().getName(), message, frames, cause, numbers);
    }

    private int number(@Nullable Throwable t) {
      if (t == null) {
        return NO_CAUSE;
      }
      Integer known = numbers.get(t);
      if (known != null || found.size() == MOST_NODES) {
        return known == null ? NO_CAUSE : known;
      }
      numbers.put(t, found.size());
      found.add(t);
      return found.size() - 1;
    }

    private static <T extends @Nullable Object> T orElse(Supplier<T> method, T otherwise) {
      try {
        T result = method.get();
        return result == null ? otherwise : result;
      } catch (Throwable broken) {
        return otherwise;
      }
    }
  }
}
