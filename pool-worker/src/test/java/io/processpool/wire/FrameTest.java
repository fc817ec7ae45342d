package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames arrive as they were sent, and what is no frame is not taken for one. */
class FrameTest {
  private static final byte[] NOISE =
      "[warning] P PP PPW printed\n".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        8155,
        8156,
        8157,
        8160,
        8161,
        8192,
        16_352,
        16_353,
        1 << 20,
        (1 << 20) + 1,
        5_000_000
      })
  void payloadsOfEveryLengthArriveWhole(int length) throws IOException {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    Frame sent = new Frame(FrameType.OUTCOMES, Long.MAX_VALUE, -1, 7, payload);
    FrameReader reader = reader(Frames.written(sent, sent));
    for (int i = 0; i < 2; i++) {
      assertSame(reader.read(), sent);
    }
    assertThat(reader.read()).isNull();
  }

  @Test
  void headersArriveWholeWhereverTheyLieInTheBuffer() throws IOException {
    for (int length = 8000; length < 8200; length++) {
      Frame sent = new Frame(FrameType.OUTCOMES, length, 1, 2, new byte[length]);
      FrameReader reader = reader(Frames.written(sent, sent, sent));
      for (int i = 0; i < 3; i++) {
        assertSame(reader.read(), sent);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void framesOfEveryTypeArrive(FrameType type) throws IOException {
    Frame sent = Frame.of(type, 3);
    assertSame(reader(Frames.written(sent)).read(), sent);
  }

  @Test
  void aPayloadInTwoPartsArrivesAsOne() throws IOException {
    for (int length : new int[] {0, 1, 8150, 8192, 20_000}) {
      byte[] whole = new byte[length + 100];
      new Random(length).nextBytes(whole);
      byte[] first = Arrays.copyOf(whole, length);
      byte[] rest = Arrays.copyOfRange(whole, length, whole.length);
      Frame sent = new Frame(FrameType.CHUNK, 1, 2, 3, first, rest);
      FrameReader reader = reader(Frames.written(sent, sent));
      assertSame(reader.read(), new Frame(FrameType.CHUNK, 1, 2, 3, whole));
      assertSame(reader.read(), new Frame(FrameType.CHUNK, 1, 2, 3, whole));
    }
  }

  @Test
  void theLengthOfAFrameThatIsTooLongCanBeAskedFor() {
    byte[] large = new byte[1 << 30];
    Frame frame = new Frame(FrameType.CHUNK, 1, 2, 3, large, large);
    assertThat(frame.payloadLength()).isEqualTo(2L * large.length);
    assertThatThrownBy(() -> new FrameWriter(OutputStream.nullOutputStream()).write(frame))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void aFrameThatCouldNotBeWrittenLeavesNoTrace() throws IOException {
    Failing out = new Failing();
    FrameWriter writer = new FrameWriter(out);
    Frame sent = new Frame(FrameType.OUTCOMES, 1, 2, 3, new byte[100]);
    out.failing = true;
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () -> {
                writer.write(sent);
                writer.flush();
              })
          .isInstanceOf(StackOverflowError.class);
      out.failing = false;
      writer.flush();
      writer.write(sent);
      writer.flush();
      out.failing = true;
    }
    FrameReader reader = reader(out.written.toByteArray());
    for (int i = 0; i < 6; i++) {
      assertSame(reader.read(), sent);
    }
    assertThat(reader.read()).isNull();
  }

  @Test
  void aFrameOfWhichPartIsWrittenIsTheLast() throws IOException {
    Failing out = new Failing();
    FrameWriter writer = new FrameWriter(out);
    out.failing = true;
    Frame large = new Frame(FrameType.OUTCOMES, 1, 2, 3, new byte[20_000]);
    assertThatThrownBy(() -> writer.write(large)).isInstanceOf(StackOverflowError.class);
    out.failing = false;
    assertThatThrownBy(() -> writer.write(Frame.of(FrameType.RETURNED, 1)))
        .isInstanceOf(IOException.class);
  }

  /** Runs out of stack before anything is written. */
  private static final class Failing extends OutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean failing;

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (failing) {
        throw new StackOverflowError();
      }
      written.write(bytes, offset, length);
    }
  }

  @Test
  void framesArriveByteForByte() throws IOException {
    Frame sent = Frame.of(FrameType.HELLO, "payload".getBytes(StandardCharsets.UTF_8));
    FrameReader reader = new FrameReader(new Trickle(Frames.written(sent)));
    assertSame(reader.read(), sent);
  }

  @Test
  void aFrameThatIsMissingIsSeen() throws IOException {
    byte[][] frames = frames(3);
    FrameReader reader = reader(concatenated(frames[0], frames[2]));
    assertThat(reader.read()).isNotNull();
    assertThatThrownBy(reader::read)
        .isInstanceOf(WireException.class)
        .hasMessageContaining("expected was frame number 1, seen was 2");
  }

  @Test
  void aFrameThatComesTwiceIsSeen() throws IOException {
    byte[][] frames = frames(1);
    FrameReader reader = reader(concatenated(frames[0], frames[0]));
    assertThat(reader.read()).isNotNull();
    assertThatThrownBy(reader::read).isInstanceOf(WireException.class);
  }

  @Test
  void framesOutOfOrderAreSeenAmongNoise() throws IOException {
    byte[][] frames = frames(3);
    FrameReader reader = reader(concatenated(NOISE, frames[0], NOISE, frames[2], frames[1]));
    ByteArrayOutputStream noise = new ByteArrayOutputStream();
    assertThat(reader.readPast(noise)).isNotNull();
    assertThatThrownBy(() -> reader.readPast(noise)).isInstanceOf(WireException.class);
  }

  @Test
  void framesAreCountedAnewAfterTheLastNumber() throws IOException {
    Frame frame = Frame.of(FrameType.READY, 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(out);
    FrameReader reader = new FrameReader(new Drain(out));
    for (int i = 0; i < Frame.LAST_SEQUENCE_NUMBER + 3; i += 1024) {
      for (int j = 0; j < 1024; j++) {
        writer.write(frame);
      }
      writer.flush();
      for (int j = 0; j < 1024; j++) {
        assertThat(reader.read() == null).isFalse();
      }
    }
  }

  @Test
  void anyFlippedBitIsSeen() throws IOException {
    byte[] bytes =
        Frames.written(Frame.of(FrameType.CHUNK, "payload".getBytes(StandardCharsets.UTF_8)));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> reader(damaged).read())
          .as("bit %d", bit)
          .isInstanceOf(WireException.class);
    }
  }

  @Test
  void aFrameThatEndsTooEarlyIsSeen() throws IOException {
    byte[] bytes =
        Frames.written(Frame.of(FrameType.CHUNK, "payload".getBytes(StandardCharsets.UTF_8)));
    for (int length = 1; length < bytes.length; length++) {
      InputStream cut = new ByteArrayInputStream(bytes, 0, length);
      assertThatThrownBy(() -> new FrameReader(cut).read()).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatIsSeenInsteadOfAFrameIsShown() {
    assertThatThrownBy(() -> reader("Listening for transport dt_socket at address: 5005").read())
        .isInstanceOf(WireException.class)
        .hasMessageContaining("Listening for transport dt_socket at address: 5005");
  }

  @Test
  void aGreatLengthReservesNoMemory() {
    byte[] header = header(Integer.MAX_VALUE);
    assertThatThrownBy(() -> reader(header).read()).isInstanceOf(EOFException.class);
  }

  @Test
  void aNegativeLengthIsNoFrame() {
    byte[] header = header(-1);
    assertThatThrownBy(() -> reader(header).read()).isInstanceOf(WireException.class);
  }

  @Test
  void noiseBetweenFramesIsPassedOverAndKept() throws IOException {
    Frame sent = Frame.of(FrameType.READY, 1);
    byte[][] frames = frames(3);
    byte[] mixed = concatenated(NOISE, frames[0], frames[1], NOISE, frames[2], NOISE);
    for (InputStream in : new InputStream[] {new ByteArrayInputStream(mixed), new Trickle(mixed)}) {
      FrameReader reader = new FrameReader(in);
      ByteArrayOutputStream noise = new ByteArrayOutputStream();
      for (int i = 0; i < 3; i++) {
        assertSame(reader.readPast(noise), sent);
      }
      assertThat(reader.readPast(noise)).isNull();
      assertThat(noise.toByteArray()).isEqualTo(concatenated(NOISE, NOISE, NOISE));
    }
  }

  /** Gives one byte at a time, as a slow pipe does. */
  private static final class Trickle extends ByteArrayInputStream {
    Trickle(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      return super.read(bytes, offset, Math.min(1, length));
    }
  }

  /** Gives what has been written since the last time. */
  private static final class Drain extends InputStream {
    private final ByteArrayOutputStream written;
    private ByteArrayInputStream bytes = new ByteArrayInputStream(new byte[0]);

    Drain(ByteArrayOutputStream written) {
      this.written = written;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (bytes.available() == 0) {
        bytes = new ByteArrayInputStream(written.toByteArray());
        written.reset();
      }
      return bytes.read(target, offset, length);
    }
  }

  private static void assertSame(@Nullable Frame received, Frame sent) {
    assertThat(received).isNotNull();
    assertThat(received.type()).isEqualTo(sent.type());
    assertThat(received.id()).isEqualTo(sent.id());
    assertThat(received.first()).isEqualTo(sent.first());
    assertThat(received.count()).isEqualTo(sent.count());
    assertThat(Arrays.equals(received.payload(), sent.payload())).isTrue();
  }

  private static byte[] header(int length) {
    ByteBuffer header = ByteBuffer.wrap(new byte[Frame.HEADER_LENGTH]);
    header.putInt(Frame.MAGIC).put(FrameType.CHUNK.code()).position(24);
    header.putInt(length);
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    header.putInt((int) crc.getValue());
    return header.array();
  }

  private static FrameReader reader(byte[] bytes) {
    return new FrameReader(new ByteArrayInputStream(bytes));
  }

  private static FrameReader reader(String text) {
    return reader(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[][] frames(int count) throws IOException {
    byte[][] frames = new byte[count][];
    int before = 0;
    for (int i = 0; i < count; i++) {
      Frame[] all = new Frame[i + 1];
      Arrays.fill(all, Frame.of(FrameType.READY, 1));
      byte[] bytes = Frames.written(all);
      frames[i] = Arrays.copyOfRange(bytes, before, bytes.length);
      before = bytes.length;
    }
    return frames;
  }

  private static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
