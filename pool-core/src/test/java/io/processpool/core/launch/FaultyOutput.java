package io.processpool.core.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The writer's end of a pipe, with a fault that happens once. */
final class FaultyOutput extends OutputStream {
  private static final int HEADER = 32;
  private static final int TRAILER = 4;
  private static final int LENGTH_AT = 24;
  private static final int CHECKSUM_AT = 28;
  private static final int SLICE = 11;

  private final OutputStream out;
  private final Fault fault;
  private final MemoryTransport worker;
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private int length;
  private int written;
  private int frames;
  private byte @Nullable [] delayed;

  FaultyOutput(OutputStream out, Fault fault, MemoryTransport worker) {
    this.out = out;
    this.fault = fault;
    this.worker = worker;
  }

  @Override
  public void write(int b) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (fault.kind().isOfFrames()) {
      for (int i = offset; i < offset + length; i++) {
        add(bytes[i]);
        if (isWhole()) {
          passFrame(frame.toByteArray());
          frame.reset();
        }
      }
    } else {
      passBytes(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void add(byte b) {
    frame.write(b);
    if (frame.size() == HEADER) {
      length = HEADER + ByteBuffer.wrap(frame.toByteArray()).getInt(LENGTH_AT) + TRAILER;
    }
  }

  private boolean isWhole() {
    return frame.size() >= HEADER && frame.size() == length;
  }

  private void passFrame(byte[] bytes) throws IOException {
    if (frames++ != fault.at()) {
      byte[] before = delayed;
      delayed = null;
      if (before == null) {
        out.write(bytes);
      } else {
        worker.faultHappens(fault);
        out.write(bytes);
        out.write(before);
      }
      return;
    }
    switch (fault.kind()) {
      case DROP_FRAME -> worker.faultHappens(fault);
      case REPEAT_FRAME -> {
        worker.faultHappens(fault);
        out.write(bytes);
        out.write(bytes);
      }
      case LENGTHEN_FRAME -> {
        worker.faultHappens(fault);
        out.write(lengthened(bytes));
      }
      default -> delayed = bytes;
    }
  }

  private static byte[] lengthened(byte[] frame) {
    ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(frame, frame.length + 1));
    int payload = longer.capacity() - HEADER - TRAILER;
    longer.put(HEADER + payload - 1, (byte) 0); // where the trailer was
    longer.putInt(LENGTH_AT, payload);
    longer.putInt(CHECKSUM_AT, checksum(longer.array(), 0, CHECKSUM_AT));
    longer.putInt(HEADER + payload, checksum(longer.array(), HEADER, payload));
    return longer.array();
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  private void passBytes(byte[] bytes) throws IOException {
    int before = written;
    written += bytes.length;
    int at = fault.at() - before;
    if (at < 0 || at >= bytes.length) {
      out.write(bytes);
      return;
    }
    out.write(bytes, 0, at);
    worker.faultHappens(fault);
    int slice = Math.min(SLICE, bytes.length - at);
    switch (fault.kind()) {
      case KILL -> {
        worker.kill();
        throw new IOException("Broken pipe");
      }
      case CUT -> {
        worker.cut(fault.toWorker());
        throw new IOException("Broken pipe");
      }
      case STALL -> worker.stall(fault.toWorker());
      case FLIP -> bytes[at] ^= (byte) (1 << (fault.at() % 8));
      case DROP_BYTES -> at += slice;
      default -> out.write(bytes, at, slice);
    }
    out.write(bytes, at, bytes.length - at);
  }
}
