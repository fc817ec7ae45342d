package io.processpool.core.result;

import io.processpool.AsyncResult;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The handles of a pool that are complete, by the numbers of their jobs: some of them are kept, of
 * others it is only known whether somebody else keeps them. Safe for use by several threads.
 */
public final class ResultArchive {
  private static final int MOST_KNOWN = 1_000;

  private final int most;
  private final Map<Long, AsyncResult<?>> kept = new LinkedHashMap<>();
  private final Map<Long, WeakReference<AsyncResult<?>>> known = new LinkedHashMap<>();

  /**
   * Creates an empty archive.
   *
   * @param most how many handles to keep
   */
  public ResultArchive(int most) {
    this.most = most;
  }

  /**
   * Adds a handle that is complete.
   *
   * @param number the number of its job
   * @param result the handle
   */
  public synchronized void add(long number, AsyncResult<?> result) {
    if (most > 0) {
      kept.put(number, result);
      dropBeyond(kept, most);
    }
    known.put(number, new WeakReference<>(result));
    dropBeyond(known, MOST_KNOWN);
  }

  private static void dropBeyond(Map<Long, ?> map, int most) {
    if (map.size() > most) {
      map.remove(map.keySet().iterator().next());
    }
  }

  /**
   * Finds a handle.
   *
   * @param number the number of its job
   * @return the handle; empty if it is not there any more
   */
  public synchronized Optional<AsyncResult<?>> find(long number) {
    AsyncResult<?> result = kept.get(number);
    return Optional.ofNullable(result == null ? knownResult(number) : result);
  }

  private @Nullable AsyncResult<?> knownResult(long number) {
    WeakReference<AsyncResult<?>> reference = known.get(number);
    return reference == null ? null : reference.get();
  }
}
