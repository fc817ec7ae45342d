package io.processpool.core.launch;

/**
 * Something that goes wrong with a channel.
 *
 * @param kind what
 * @param toWorker in which direction
 * @param at at which byte, or with which frame
 */
record Fault(Kind kind, boolean toWorker, int at) {

  enum Kind {
    /** The worker dies. */
    KILL(false, false),
    /** Nothing arrives any more, until the worker dies. */
    STALL(false, false),
    /** The stream ends. */
    CUT(false, false),
    /** A bit is another one. */
    FLIP(false, true),
    /** Some bytes are missing. */
    DROP_BYTES(false, true),
    /** Some bytes come twice. */
    REPEAT_BYTES(false, true),
    /** A frame is missing. */
    DROP_FRAME(true, true),
    /** A frame comes twice. */
    REPEAT_FRAME(true, true),
    /** A frame comes after the next one. */
    DELAY_FRAME(true, true),
    /** A frame has more in it than belongs there, and is sound: the worker means harm. */
    LENGTHEN_FRAME(true, false);

    private final boolean ofFrames;
    private final boolean corrupting;

    Kind(boolean ofFrames, boolean corrupting) {
      this.ofFrames = ofFrames;
      this.corrupting = corrupting;
    }

    boolean isOfFrames() {
      return ofFrames;
    }

    /** Whether what arrives is not what was sent. */
    boolean isCorrupting() {
      return corrupting;
    }
  }
}
