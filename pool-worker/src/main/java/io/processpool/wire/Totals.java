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
   * @return the bytes
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
   * @param bytes what they are in
   * @param offset where they begin; they end with the bytes
   * @return the totals
   * @throws WireException if there are none
   */
  public static SlotTotals decode(byte[] bytes, int offset) throws WireException {
    int length = bytes.length - offset;
    Input in = new Input(bytes, offset, length);
    try {
      SlotTotals totals =
          new SlotTotals(
              in.readLong(true),
              in.readLong(true),
              in.readLong(true),
              in.readLong(true),
              in.readLong(true));
      if (!in.end()) {
        throw new WireException("totals end before their " + length + " bytes do");
      }
      return totals;
    } catch (RuntimeException e) {
      throw new WireException("totals of " + length + " bytes cannot be read: " + e);
    }
  }
}
