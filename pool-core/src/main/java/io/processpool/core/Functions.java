package io.processpool.core;

import io.processpool.spi.Chunk;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.TaskFunction;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How functions go to workers: under a name, so that a worker reads them once, or without one, with
 * each task. Safe for use by several threads.
 *
 * <p>A function of several items has a name until all of them are done. That of a single task has
 * one if it is a lambda or a method reference that captures nothing, for then the next use of it is
 * the same, unless the user has a serialiser for it. Workers never forget those, and so only so
 * many have a name.
 */
final class Functions {
  /** The name of a function that is used once. */
  static final int NAMELESS = 0;

  private final PayloadCodec codec;
  private final int mostKept;
  private final AtomicInteger lastName = new AtomicInteger();
  private final Map<Class<?>, Kept> kept = new WeakHashMap<>();
  private int keptEver;
  private volatile byte[] lastNameless = {};

  /** A class may be a function of fewer arguments and one of more at the same time. */
  private record Kept(int arguments, Chunk.Function function) {}

  /**
   * Creates an empty collection.
   *
   * @param codec writes them
   * @param mostKept how many functions of single tasks may have a name
   */
  Functions(PayloadCodec codec, int mostKept) {
    this.codec = codec;
    this.mostKept = mostKept;
  }

  /** A function of several items, under a name of its own. */
  Chunk.Function ofItems(TaskFunction function) {
    return named(function.encode(codec));
  }

  /** The function of a single task. */
  Chunk.Function ofTask(TaskFunction function) {
    if (!function.capturesNothing()) {
      return nameless(function.encode(codec));
    }
    Kept known = known(typeOf(function));
    if (known != null && known.arguments() == function.arguments()) {
      return known.function();
    }
    byte[] bytes = function.encode(codec);
    boolean mayBeKept = known == null && !codec.isCustomised(typeOf(function));
    return mayBeKept ? keep(function, bytes) : nameless(bytes);
  }

  private static Class<?> typeOf(TaskFunction function) {
    return function.task().getClass();
  }

  private Chunk.Function named(byte[] function) {
    return new Chunk.Function(lastName.incrementAndGet(), function);
  }

  /** With the same array for the same function again and again, for many of them may wait. */
  private Chunk.Function nameless(byte[] function) {
    byte[] last = lastNameless;
    if (Arrays.equals(last, function)) {
      return new Chunk.Function(NAMELESS, last);
    }
    lastNameless = function;
    return new Chunk.Function(NAMELESS, function);
  }

  private synchronized @Nullable Kept known(Class<?> type) {
    return kept.get(type);
  }

  private synchronized Chunk.Function keep(TaskFunction function, byte[] bytes) {
    boolean isNew = !kept.containsKey(typeOf(function)); // another thread may have been quicker
    if (!isNew || keptEver == mostKept) {
      return nameless(bytes);
    }
    keptEver++;
    Chunk.Function named = named(bytes);
    kept.put(typeOf(function), new Kept(function.arguments(), named));
    return named;
  }
}
