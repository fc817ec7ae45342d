package io.processpool.core.result;

import java.lang.ref.WeakReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How those who are followed hold the one who follows them: weakly, so that who is given up can be
 * collected, or else for good. Safe for use by several threads.
 *
 * @param <T> who follows
 */
final class Hold<T> {
  private final WeakReference<T> held;
  private volatile @Nullable T tight;

  Hold(T held) {
    this.held = new WeakReference<>(held);
  }

  /** Holds it for good. Returns whether it was not held so before. */
  boolean tighten() {
    boolean tightened = tight == null;
    tight = held.get();
    return tightened;
  }

  /** A follower that does something with what is held, as long as it is. */
  <R extends @Nullable Object> Follower<R> follower(
      BiConsumer<? super T, Completion<R>> whatItDoes) {
    return new Held<>(this, whatItDoes);
  }

  private record Held<T, R extends @Nullable Object>(
      Hold<T> hold, BiConsumer<? super T, Completion<R>> whatItDoes) implements Follower<R> {

    @Override
    public void completed(Completion<R> how) {
      T held = hold.held.get();
      if (held != null) {
        whatItDoes.accept(held, how);
      }
    }

    @Override
    public boolean isGone() {
      return hold.held.refersTo(null);
    }
  }
}
