package io.processpool.worker;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** The process that a worker has to itself, and what it does to it. */
interface HostProcess {

  /** Ends it in an orderly way, with the shutdown hooks of user code. Does not return. */
  void exit(int status);

  /** Ends it at once, whatever stands in the way. Does not return. */
  void halt(int status, @Nullable Throwable reason);

  /** From now on has the parent told if user code ends the process. */
  void tell(FrameSender parent);

  /** Has outcomes sent that wait for it before an {@link #exit}, also one by user code. */
  void flushBeforeExit(ChunkRunner runner);

  /** Has its standard streams print elsewhere. */
  void printTo(PrintStream out, PrintStream err);
}
