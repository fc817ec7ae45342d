package io.processpool.core.launch;

import io.processpool.core.output.PrintedLines;
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

  /** The channel from the worker, which ends before the worker does, or with it, or later. */
  InputStream fromWorker();

  /** Whether there may be more on the channel than frames. */
  boolean channelMayHaveNoise();

  /** What the worker prints. */
  PrintedLines output();

  /** Begins to read what the worker prints apart from the channel. */
  void readOutput();

  /** Ends the worker at once, and what it has started. */
  void kill();

  /** Ends a worker whose channel has ended, unless it ends by itself within a moment. */
  void endSoon();

  /**
   * Waits for the end of the worker, however long that takes, and then ends what it has started.
   */
  void awaitEnd();

  /** What is left of a worker that has ended. Waits a moment for the last of its output. */
  Remains remains();
}
