package io.processpool;

/**
 * What becomes of what workers and their tasks log with SLF4J.
 *
 * <p>SLF4J and the logging backend behind it are the worker's own; what the user's class path has
 * of them is not used there. A task finds the diagnostic context (MDC) of the thread that submitted
 * it. With {@code -Dlogback.configurationFile=...} in {@link PoolBuilder#jvmArgs(String...)
 * jvmArgs} that file says where logs go, whatever is chosen here.
 */
public enum WorkerLogs {
  /**
   * They are logged in this JVM, by the logger of the same name, each with its level, time, thread,
   * markers, key-value pairs and exception, and with its diagnostic context, in which {@code
   * pool.worker} is the {@linkplain TaskContext#worker number of the worker} and {@code pool.task}
   * the {@linkplain TaskContext#taskId id of the task}, if one ran. An exception is a {@link
   * RemoteTaskException}: its class need not be here.
   *
   * <p>The configuration of this JVM says what is logged. A worker that knows the level of a logger
   * does not send what is below; it learns of changes within about a second. What a task has logged
   * is not lost when its worker dies.
   *
   * <p>A thread of the pool does it, and no task waits for it. If that is so slow that a great deal
   * is waiting, what comes then is dropped, and a warning tells how much. The end of a pool waits a
   * few seconds for what is still to be logged.
   *
   * <p>If this JVM has no logging backend, this is the same as {@link #STDERR}.
   */
  FORWARD,
  /**
   * They are lines on the worker's standard error, from level INFO on, and so are what {@link
   * WorkerOutput} says.
   */
  STDERR,
  /** They are dropped. */
  OFF
}
