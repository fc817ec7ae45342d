package io.processpool.core.result;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which items of a job are not to begin any more. Safe for use by several threads. */
final class Withdrawn {
  private volatile boolean any;
  private boolean all;
  private @Nullable BitSet some;

  /** Returns whether it had not been all of them. */
  synchronized boolean addAll() {
    boolean added = !all;
    all = true;
    any = true;
    return added;
  }

  /** Returns whether the item had not been one of them. */
  synchronized boolean add(int index) {
    boolean added = !has(index);
    if (some == null) {
      some = new BitSet();
    }
    some.set(index);
    any = true;
    return added;
  }

  boolean hasAny() {
    return any;
  }

  boolean has(int index) {
    return any && isAmong(index);
  }

  private synchronized boolean isAmong(int index) {
    return all || (some != null && some.get(index));
  }
}
