package io.processpool.contract;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;

/** The numbers from 0 on, without end; it knows how many were pulled. */
final class EndlessInput implements Iterable<Integer> {
  private final AtomicInteger next = new AtomicInteger();

  int pulled() {
    return next.get();
  }

  @Override
  public Iterator<Integer> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        return next.getAndIncrement();
      }
    };
  }
}
