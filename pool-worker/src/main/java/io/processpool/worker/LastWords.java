package io.processpool.worker;

/** What is still to be said when this process ends, for so long and no longer. */
final class LastWords {

  private LastWords() {}

  /** Runs what may block on a thread of its own, and waits for it a while. */
  static void say(String name, Runnable words, long patienceMillis) {
    Thread speaker = new Thread(words, name);
    speaker.setDaemon(true);
    speaker.start();
    try {
      speaker.join(patienceMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then without
    }
  }
}
