package io.processpool.core.result;

import org.jspecify.annotations.Nullable;

/** Somebody who is told of completions. */
@FunctionalInterface
interface Follower<R extends @Nullable Object> {

  void completed(Completion<R> how);

  /** Whether there is nobody any more who could be told. */
  default boolean isGone() {
    return false;
  }
}
