package io.processpool.worker;

/**
 * Where the thread that runs chunks may fetch them itself, as long as it has none. Called by that
 * thread only.
 */
public interface Supply {

  /** Nothing to be fetched: chunks are brought. */
  Supply NONE =
      new Supply() {
        @Override
        public boolean claim() {
          return false;
        }

        @Override
        public void fetch() {}
      };

  /**
   * Claims the right to {@link #fetch}, without waiting.
   *
   * @return whether it is granted: {@code fetch} must follow. Else somebody brings what comes, and
   *     wakes {@link ChunkRunner#wake} when that is over.
   */
  boolean claim();

  /** Waits until something comes, which may be chunks, and takes it to where it belongs. */
  void fetch();
}
