package io.processpool;

import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waits for a handle on behalf of the blocking calls, and throws what its task threw. */
final class Blocking {

  private Blocking() {}

  static <R extends @Nullable Object> R get(AsyncResult<R> result) throws InterruptedException {
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw RemoteTaskException.unchecked(e.getCause());
    }
  }
}
