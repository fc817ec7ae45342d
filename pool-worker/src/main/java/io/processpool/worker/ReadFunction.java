package io.processpool.worker;

import static java.util.Objects.requireNonNull;

import io.processpool.wire.TaskFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function as its bytes were read, or why they cannot be.
 *
 * @param function the function; {@code null} if it cannot be read
 * @param failure what went wrong; {@code null} if nothing did
 */
record ReadFunction(@Nullable TaskFunction function, @Nullable Throwable failure) {

  TaskFunction get() throws Throwable {
    if (failure != null) {
      throw failure;
    }
    return requireNonNull(function);
  }
}
