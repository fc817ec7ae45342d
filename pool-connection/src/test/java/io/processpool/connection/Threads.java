package io.processpool.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The threads of listeners. */
final class Threads {

  private Threads() {}

  /** The id of the thread of the only listener that there is. */
  static long listener() {
    List<Long> ids = listeners();
    assertThat(ids).as("threads of listeners").hasSize(1);
    return ids.get(0);
  }

  /** The ids of all threads of listeners. */
  static List<Long> listeners() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("process-pool-listener"))
        .map(Thread::getId)
        .toList();
  }
}
