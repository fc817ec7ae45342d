package io.processpool.connection;

import java.nio.channels.Selector;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * Wakes up selectors when processes end. The JDK is asked once for each process: it forgets nobody
 * who has asked until the process has ended.
 */
final class ProcessEnds {
  private static final ConcurrentMap<ProcessHandle, Set<Selector>> WATCHED =
      new ConcurrentHashMap<>();

  private ProcessEnds() {}

  static void watch(ProcessHandle process, Selector selector) {
    Set<Selector> selectors = new CopyOnWriteArraySet<>();
    Set<Selector> known = WATCHED.putIfAbsent(process, selectors);
    if (known == null) {
      ask(process, selectors);
      known = selectors;
    }
    known.add(selector);
    if (!process.isAlive()) {
      selector.wakeup();
    }
  }

  static void unwatch(ProcessHandle process, Selector selector) {
    Set<Selector> selectors = WATCHED.get(process);
    if (selectors != null) {
      selectors.remove(selector);
    }
  }

  private static void ask(ProcessHandle process, Set<Selector> selectors) {
    CompletableFuture<ProcessHandle> end;
    try {
      end = process.onExit();
    } catch (RuntimeException e) {
      WATCHED.remove(process);
      throw e;
    }
    var unused =
        end.thenRun(
            () -> {
              WATCHED.remove(process);
              selectors.forEach(Selector::wakeup);
            });
  }
}
