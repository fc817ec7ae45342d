package io.processpool.worker;

import io.processpool.spi.TaskId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the diagnostic context of the thread that runs items. */
@FunctionalInterface
public interface ItemDiagnostics {

  /**
   * Gives the calling thread the context of an item. What an item before it has left there is gone.
   *
   * @param task the task that it is; {@code null} after the last one of a chunk
   * @param context the context of the thread that submitted it
   */
  void become(@Nullable TaskId task, Map<String, String> context);
}
