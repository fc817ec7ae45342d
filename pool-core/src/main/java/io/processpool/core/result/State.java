package io.processpool.core.result;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far a promise has come of which somebody knows more than that it was made. */
sealed interface State<R extends @Nullable Object> {

  /** How it was completed; {@code null} if it is not. */
  @Nullable Completed<R> completed();

  /**
   * It is complete, and whoever wanted to know does.
   *
   * @param how with what
   * @param number a number that is larger than those of all that were completed before
   * @param time when, as {@link System#nanoTime} told it
   */
  record Completed<R extends @Nullable Object>(Completion<R> how, long number, long time)
      implements State<R> {
    private static final AtomicLong COMPLETIONS = new AtomicLong();

    private static <R extends @Nullable Object> Completed<R> now(Completion<R> how) {
      return new Completed<>(how, COMPLETIONS.incrementAndGet(), System.nanoTime());
    }

    @Override
    public Completed<R> completed() {
      return this;
    }
  }

  /** Those who want to know when it is complete, some of whom may not know yet that it is. */
  final class Watch<R extends @Nullable Object> implements State<R> {
    private final CountDownLatch allKnow = new CountDownLatch(1);
    private @Nullable Followers<R> listeners;
    private @Nullable Followers<R> followers;
    private volatile @Nullable Completed<R> completed;

    @Override
    public @Nullable Completed<R> completed() {
      return completed;
    }

    /** Has somebody told before anybody else can know. Returns whether it is not too late. */
    synchronized boolean addListener(Follower<R> listener) {
      if (completed == null) {
        listeners = listeners == null ? new Followers<>() : listeners;
        listeners.add(listener);
      }
      return completed == null;
    }

    /** Has somebody told before those are woken who wait. Returns whether it is not too late. */
    synchronized boolean addFollower(Follower<R> follower) {
      if (completed == null) {
        followers = followers == null ? new Followers<>() : followers;
        followers.add(follower);
      }
      return completed == null;
    }

    /** Returns whether it was not complete before. */
    synchronized boolean complete(Completion<R> how) {
      if (completed != null) {
        return false;
      }
      Completed<R> end = Completed.now(how);
      if (listeners != null) {
        listeners.tell(how);
      }
      completed = end;
      return true;
    }

    /** How it was completed, also if it is just about to be. */
    synchronized @Nullable Completed<R> completedByNow() {
      return completed;
    }

    /** Once it is complete: nobody follows any more. */
    void tellFollowers(Completion<R> how) {
      Followers<R> told = followers;
      if (told != null) {
        told.tell(how);
      }
    }

    /** Wakes those who wait. */
    void end() {
      allKnow.countDown();
    }

    CountDownLatch allKnow() {
      return allKnow;
    }
  }
}
