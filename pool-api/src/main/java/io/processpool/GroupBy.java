package io.processpool;

/** How {@link AsyncResult#displayOutputs} sorts what tasks have printed. (IPython's names.) */
public enum GroupBy {
  /** First what all tasks have printed to {@link System#out}, then to {@link System#err}. */
  TYPE,
  /** One worker after the other, and its tasks in their order. */
  WORKER,
  /** The tasks in their order. */
  ORDER
}
