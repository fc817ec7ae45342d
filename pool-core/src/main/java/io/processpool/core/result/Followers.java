package io.processpool.core.result;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Those who are to be told of one completion, in the order in which they came. Whoever is gone is
 * dropped when others come, so that there are never many more than are left. Not safe for use by
 * several threads.
 */
final class Followers<R extends @Nullable Object> {
  private static final int FEW = 16;

  private List<Follower<R>> all = List.of();
  private int most = FEW;

  void add(Follower<R> follower) {
    if (all.isEmpty()) {
      all = new ArrayList<>(1);
    } else if (all.size() >= most) {
      all.removeIf(Follower::isGone);
      most = Math.max(FEW, 2 * all.size());
    }
    all.add(follower);
  }

  int size() {
    return all.size();
  }

  /** Tells them, and forgets them. */
  void tell(Completion<R> how) {
    List<Follower<R>> told = all;
    all = List.of();
    for (Follower<R> follower : told) {
      tell(follower, how);
    }
  }

  private static <R extends @Nullable Object> void tell(Follower<R> follower, Completion<R> how) {
    try {
      follower.completed(how);
    } catch (Throwable e) {
      logUntold(e);
    }
  }

  /** What cannot do its part, for want of memory or threads, must not stop the rest. */
  static void logUntold(Throwable failure) {
    try {
      LoggerFactory.getLogger(Followers.class)
          .error("Somebody could not be told of a result", failure);
    } catch (Throwable e) {
      // There is not even memory to say so, and others are still to be told.
    }
  }
}
