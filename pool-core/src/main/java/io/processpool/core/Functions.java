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
 * the same. Workers never forget those, and so no more than {@value #MOST_KEPT} have a name.
 */
final class Functions {
  /** The name of a function that is used once. */
  static final int NAMELESS = 0;

  private static final int MOST_KEPT = 1000;

  private final PayloadCodec codec;
  private final AtomicInteger lastName = new AtomicInteger();
  private final Map<Class<?>, Chunk.Function> kept = new WeakHashMap<>();
  private int keptEver;
  private volatile byte[] lastNameless = {};

  Functions(PayloadCodec codec) {
    this.codec = codec;
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
    Class<?> type = function.task().getClass();
    Chunk.Function known = known(type);
    return known == null ? keep(type, function.encode(codec)) : known;
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

  private synchronized Chunk.@Nullable Function known(Class<?> type) {
    return kept.get(type);
  }

  private synchronized Chunk.Function keep(Class<?> type, byte[] function) {
    Chunk.Function known = kept.get(type); // another thread may have been quicker
    if (known != null) {
      return known;
    }
    if (keptEver == MOST_KEPT) {
      return nameless(function);
    }
    keptEver++;
    Chunk.Function named = named(function);
    kept.put(type, named);
    return named;
  }
}
