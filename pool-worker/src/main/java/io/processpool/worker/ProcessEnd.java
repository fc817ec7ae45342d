package io.processpool.worker;

import org.jspecify.annotations.Nullable;

/** The ways in which a worker ends its process. */
interface ProcessEnd {

  /** In an orderly way, with the shutdown hooks of user code. Does not return. */
  void exit(int status);

  /** At once, whatever stands in the way. Does not return. */
  void halt(int status, @Nullable Throwable reason);

  /** From now on has the parent told if user code ends the process. */
  void tell(FrameSender parent);

  /** Has outcomes sent that wait for it before an {@link #exit}, also one by user code. */
  void flushBeforeExit(ChunkRunner runner);
}
