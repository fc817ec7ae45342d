package io.processpool.wire;

import org.jspecify.annotations.Nullable;

/** What a frame is for, and which way it goes. */
public enum FrameType {
  /** Worker to parent, first: versions and process id, as a {@link Hello}. */
  HELLO(1),
  /** Parent to worker, in answer: class path and session, as a {@link Welcome}. */
  WELCOME(2),
  /** Worker to parent: the initializer has run. */
  READY(3),
  /** Worker to parent: the initializer threw; the payload is the failure. */
  NOT_READY(4),
  /** Parent to worker: a function, by its id. */
  FUNCTION(5),
  /** Parent to worker: the function of this id is not used again. */
  FORGET(6),
  /** Parent to worker: a chunk of items; {@code first} is the id of its function. */
  CHUNK(7),
  /** Parent to worker: cancel a chunk; the payload is the name of the mode. */
  CANCEL(8),
  /** Worker to parent: outcomes of a chunk's items, and {@link Totals} behind them. */
  OUTCOMES(9),
  /** Worker to parent: a cancelled chunk has left, and the rest of its items never begin. */
  RETURNED(10),
  /** Parent to worker: end after the chunks that you hold. */
  FINISH(11),
  /** Parent to worker: interrupt an item, if it runs; {@code first} is its position. */
  INTERRUPT(12),
  /** Parent to worker: begin no further item, and answer with a {@link #SUSPENDED}. */
  SUSPEND(13),
  /** Worker to parent: no item will begin; the payload is a thread dump. */
  SUSPENDED(14),
  /** Parent to worker: items may begin again. */
  RESUME(15),
  /** Worker to parent: I can go on, but should be replaced; the payload says why. */
  WORN(16),
  /** Worker to parent: I am about to exit; the payload is the {@link ExitStack} of who wants it. */
  EXITING(17),
  /** Worker to parent: what you sent is not in the protocol; the payload says what was seen. */
  REFUSED(18),
  /** Worker to parent: something was printed, a {@link PrintedPiece} without tag. */
  PRINTED(19),
  /** Worker to parent: something was logged; the payload is a {@link LogEvent}. */
  LOG(20),
  /** Worker to parent: the logger of this name is used here, and its level not known. */
  LOGGER(21),
  /**
   * Parent to worker: the level of a logger; {@code first} is its severity, the payload the name.
   */
  LEVEL(22),
  /** Parent to worker: nobody waits for an item, if it runs; {@code first} is its position. */
  DISOWN(23);

  private static final FrameType[] BY_CODE = byCode();

  private final byte code;

  FrameType(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static @Nullable FrameType ofCode(byte code) {
    return code >= 0 ? BY_CODE[code] : null;
  }

  private static FrameType[] byCode() {
    FrameType[] byCode = new FrameType[Byte.MAX_VALUE + 1];
    for (FrameType type : values()) {
      byCode[type.code] = type;
    }
    return byCode;
  }
}
