package io.processpool.core.launch;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A worker as its slot needs it: something that runs, and a channel to it. */
interface WorkerTransport {

  /** The process id. */
  long pid();

  /** The words with which it was started. */
  List<String> command();

  /** The channel to the worker. */
  OutputStream toWorker();

  /** The channel from the worker, which ends when the worker does, or before. */
  InputStream fromWorker();

  /** Whether there may be more on the channel than frames. */
  boolean channelMayHaveNoise();

  /** What the worker prints. */
  OutputTail output();

  /** Ends the worker at once, and what it has started. */
  void kill();

  /**
   * Waits for the end of a worker whose channel has ended, and for the last of its output. One that
   * lives on is killed, and so is what it has started.
   */
  Remains awaitEnd();
}
