package io.processpool.core.result;

import io.processpool.AsyncResult;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Handles in the order in which they complete, each once.
 *
 * @param <T> the type of the handles
 */
public final class CompletedResults<T extends AsyncResult<?>> implements Iterable<T> {
  private final List<T> handles;

  /**
   * Creates an order of handles.
   *
   * @param handles the handles; one that is there twice counts once
   */
  public CompletedResults(List<? extends T> handles) {
    Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    this.handles = List.<T>copyOf(handles).stream().filter(seen::add).toList();
  }

  @Override
  public Iterator<T> iterator() {
    return new CompletionIterator<>(handles);
  }
}
