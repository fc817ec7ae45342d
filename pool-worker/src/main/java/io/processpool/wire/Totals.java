package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.spi.SlotTotals;

/** The bytes of {@link SlotTotals}. */
public final class Totals {
  private static final int USUAL_LENGTH = 48;

  private Totals() {}

  /**
   * Writes totals.
   *
   * @param totals the totals
   * @return the payload of an {@link FrameType#ENDED}
   */
  public static byte[] encode(SlotTotals totals) {
    Output out = new Output(USUAL_LENGTH, -1);
    out.writeLong(totals.items(), true);
    out.writeLong(totals.busy(), true);
    out.writeLong(totals.measured(), true);
    out.writeLong(totals.reading(), true);
    out.writeLong(totals.writing(), true);
    return out.toBytes();
  }

  /**
   * Reads totals.
   *
   * @param payload the payload of an {@link FrameType#ENDED}, not empty
   * @return the totals
   * @throws WireException if it has none
   */
  public static SlotTotals decode(byte[] payload) throws WireException {
    Input in = new Input(payload);
    try {
      return new SlotTotals(
          in.readLong(true),
          in.readLong(true),
          in.readLong(true),
          in.readLong(true),
          in.readLong(true));
    } catch (RuntimeException e) {
      throw new WireException("totals of " + payload.length + " bytes cannot be read: " + e);
    }
  }
}
