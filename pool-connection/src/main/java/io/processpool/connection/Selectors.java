package io.processpool.connection;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Selectors to wait with, which are used again: as many as threads wait at a time, however many
 * connections there are.
 */
final class Selectors {
  private static final int MOST_IDLE = 16;

  private static final BlockingQueue<Selector> IDLE = new ArrayBlockingQueue<>(MOST_IDLE);

  private Selectors() {}

  /** A selector that nothing is registered with. It may have been woken up. */
  static Selector borrow() throws IOException {
    Selector idle = IDLE.poll();
    return idle == null ? Selector.open() : idle;
  }

  /** Takes a selector back, and everything that is registered with it out of it. */
  static void giveBack(Selector selector) {
    boolean kept = false;
    try {
      for (SelectionKey key : selector.keys()) {
        key.cancel();
      }
      selector.selectNow();
      selector.selectedKeys().clear();
      kept = IDLE.offer(selector);
    } catch (IOException e) {
      Log.debug("A selector failed", e);
    } finally {
      if (!kept) {
        Resources.close(selector);
      }
    }
  }
}
