package io.processpool.core.result;

import io.processpool.AsyncResult;
import io.processpool.WaitInterruptedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Waits for one handle after the other to complete; those that are complete come first. */
final class CompletionIterator<T extends AsyncResult<?>> implements Iterator<T> {
  private final BlockingQueue<T> complete = new LinkedBlockingQueue<>();

  /** Held here, for they do not all hold themselves. */
  private final Set<T> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Hold<CompletionIterator<T>> hold = new Hold<>(this);
  private int left;

  CompletionIterator(Collection<T> handles) {
    this.left = handles.size();
    List<T> early = new ArrayList<>();
    List<T> late = new ArrayList<>();
    for (T handle : handles) {
      (handle.ready() ? early : late).add(handle);
    }
    early.sort(Comparator.comparing(CompletionIterator::completionNumber));
    complete.addAll(early);
    open.addAll(late);
    late.forEach(this::addOnceComplete);
  }

  private void addOnceComplete(T handle) {
    AsyncResult<?> followed = handle;
    Promise.follow(followed, hold.follower((iterator, how) -> iterator.complete.add(handle)));
  }

  private static long completionNumber(AsyncResult<?> handle) {
    return handle instanceof Promise<?> promise ? promise.completionNumber() : 0;
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public T next() {
    if (left == 0) {
      throw new NoSuchElementException("All results have been taken");
    }
    try {
      T next = complete.take();
      open.remove(next);
      left--;
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WaitInterruptedException("Interrupted while waiting for the next result", e);
    }
  }
}
