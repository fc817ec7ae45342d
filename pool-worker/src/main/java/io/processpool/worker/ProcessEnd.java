package io.processpool.worker;

import org.jspecify.annotations.Nullable;

/** The ways in which a worker ends its process. */
interface ProcessEnd {

  /** Those of a worker that has its process to itself. */
  ProcessEnd OF_THIS_PROCESS =
      new ProcessEnd() {
        @Override
        public void exit(int status) {
          ParentWatch.killDescendants();
          System.exit(status);
        }

        @Override
        public void halt(int status, @Nullable Throwable reason) {
          ParentWatch.halt(status, reason);
        }

        @Override
        public void flushBeforeExit(ChunkRunner runner) {
          Runtime.getRuntime().addShutdownHook(new Thread(runner::flush, "pool-flush"));
        }
      };

  /** In an orderly way, with the shutdown hooks of user code. Does not return. */
  void exit(int status);

  /** At once, whatever stands in the way. Does not return. */
  void halt(int status, @Nullable Throwable reason);

  /** Has outcomes sent that wait for it before an {@link #exit}, also one by user code. */
  void flushBeforeExit(ChunkRunner runner);
}
