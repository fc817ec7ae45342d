package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import io.processpool.function.SerializableConsumer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Kryo instances between calls, since making one takes longer than most calls. A thread comes
 * back to its own slot first and so to a warm instance. Thread-safe.
 */
final class KryoPool {
  private static final int SLOTS = 64;

  private final ClassNames names;
  private final @Nullable SerializableConsumer<? super Kryo> customizer;
  private final AtomicReferenceArray<@Nullable GraphKryo> slots = new AtomicReferenceArray<>(SLOTS);

  KryoPool(ClassNames names, @Nullable SerializableConsumer<? super Kryo> customizer) {
    this.names = names;
    this.customizer = customizer;
  }

  ClassNames names() {
    return names;
  }

  /** Whether the user may have said how to serialise any class. */
  boolean isCustomised() {
    return customizer != null;
  }

  GraphKryo borrow() {
    GraphKryo pooled = slots.getAndSet(slot(), null);
    return pooled != null ? pooled : make();
  }

  GraphKryo make() {
    return GraphKryo.create(names, customizer);
  }

  /** Only for an instance that did not throw. */
  void giveBack(GraphKryo kryo) {
    slots.lazySet(slot(), kryo);
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() & (SLOTS - 1));
  }
}
