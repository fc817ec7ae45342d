package io.processpool;

/** One of the two streams to which programs print. */
public enum StandardStream {
  /** That of {@link System#out}. */
  OUT,
  /** That of {@link System#err}. */
  ERR
}
