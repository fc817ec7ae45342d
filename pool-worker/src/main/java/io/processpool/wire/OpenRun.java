package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.wire.kryo.PlainNumbers;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The run that is open in what a {@link Recorder} has noted, or what may look like one.
 *
 * @param kind the kind of its numbers
 * @param numbers where these begin
 * @param chunkId its chunk
 * @param first the position of its first item
 * @param from the position of its first item whose outcome was not sent
 * @param end the position behind the last item whose outcome is in it
 * @param since when the item at {@code from} began
 * @param until when the last of them ended, as far as that is known
 */
record OpenRun(
    int kind, long numbers, long chunkId, long first, long from, long end, long since, long until) {
  private static final int KIND = (1 << Byte.SIZE) - 1;
  private static final int FEW_FIGURES = 128;

  /**
   * The run in some notes; empty if none is open, or it cannot be one.
   *
   * @param item what is noted as the item that runs
   */
  static Optional<OpenRun> in(ByteBuffer notes, long item) {
    long run = notes.getLong(Recorder.RUN);
    long end = notes.getLong(Recorder.RUN_END);
    long since = notes.getLong(Recorder.RUN_SINCE);
    OpenRun open =
        new OpenRun(
            (int) run & KIND,
            run >> Byte.SIZE,
            notes.getLong(Recorder.CHUNK),
            notes.getLong(Recorder.RUN_FIRST),
            notes.getLong(Recorder.RUN_UNSENT),
            end == 0 ? item & ~Recorder.PREPARING : end,
            since,
            Math.max(since, notes.getLong(Recorder.STARTED)));
    return run != 0 && open.isWithin(notes.limit()) ? Optional.of(open) : Optional.empty();
  }

  static long head(int kind, int numbers) {
    return (long) numbers << Byte.SIZE | kind;
  }

  private boolean isWithin(int limit) {
    int width = PlainNumbers.width(kind);
    return width > 0
        && chunkId != 0
        && first >= 0
        && from >= first
        && end >= from
        && end <= Integer.MAX_VALUE
        && numbers >= Recorder.UNSENT_BYTES
        && numbers <= limit
        && end - first <= (limit - numbers) / width;
  }

  /** Its outcomes from one on, if there are any, and that one is in it. */
  Optional<Unsent> from(int position, ByteBuffer notes) {
    return from(position, notes, this::writeFigures);
  }

  /** The outcomes that were not sent, if there are any, with figures that are known. */
  Optional<Unsent> unsent(ByteBuffer notes, RunFigures figures) {
    int unsent = (int) from;
    return from(unsent, notes, (out, count) -> figures.writeTo(out, unsent, since));
  }

  private Optional<Unsent> from(int position, ByteBuffer notes, FiguresWriter figures) {
    int count = (int) (end - position);
    if (position < from || count <= 0) {
      return Optional.empty();
    }
    int width = PlainNumbers.width(kind);
    byte[] bits = new byte[count * width];
    notes.get((int) (numbers + (position - first) * width), bits);
    Output out = new Output(Block.BEFORE_NUMBERS + bits.length + FEW_FIGURES, -1);
    out.setPosition(Block.BEFORE_NUMBERS);
    out.writeBytes(bits);
    figures.write(out, count);
    Block.putRunHeader(out.getBuffer(), 0, kind, count, out.position());
    return Optional.of(new Unsent(chunkId, position, count, out.toBytes()));
  }

  private interface FiguresWriter {
    void write(Output out, int items);
  }

  /** All that is known are the times of the first and the last. */
  private void writeFigures(Output out, int items) {
    RunFigures.write(out, items, since, until, 1 + PlainNumbers.width(kind));
  }
}
