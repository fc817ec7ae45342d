package io.processpool.worker;

/** The statuses with which a worker process ends by itself, but for 0, its orderly end. */
public final class ExitStatus {

  /** It was started by hand, not by a pool. */
  public static final int NOT_FOR_HAND = 64;

  /** Its parent is gone. */
  public static final int PARENT_GONE = 23;

  /** It could not go on: the channel is broken, or there is no memory to report a failure. */
  public static final int BROKEN = 24;

  private ExitStatus() {}
}
