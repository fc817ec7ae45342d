package io.processpool.worker;

/** How the protocol channel of a worker is kept apart from what its code prints and reads. */
public enum ChannelMode {
  /**
   * A shell has moved the channel to descriptors 3 and 4 before Java started; descriptor 0 is empty
   * and 1 is standard error.
   */
  DESCRIPTORS,
  /** The worker opens descriptors 0 and 1 anew and points the old ones at the null device. */
  REOPENED,
  /** The channel is on descriptors 0 and 1; only {@link System#out} is moved out of its way. */
  PLAIN
}
