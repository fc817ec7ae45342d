package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.spi.Slot;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker notes is found, and what no worker can have noted does no harm. */
class RecorderTest {
  private final PayloadCodec codec = Codecs.CODEC;
  @TempDir Path directory;
  private Path file;
  private Recorder recorder;
  private RecorderReader reader;

  @BeforeEach
  void open() throws IOException {
    file = Files.createFile(directory.resolve("notes"));
    Recorder.prepare(file);
    reader = RecorderReader.open(file);
    recorder = Recorder.open(file, reader.identity());
  }

  @Test
  void whatRunsIsFound() {
    assertThat(reader.running()).isEmpty();
    recorder.preparing(7, 3);
    assertThat(reader.running()).contains(new Slot.Running(7, 3, false));
    assertThat(recorder.current()).contains(new Slot.Running(7, 3, false));
    recorder.running(7, 3, 100);
    assertThat(recorder.current()).contains(new Slot.Running(7, 3));
    assertThat(reader.running()).contains(new Slot.Running(7, 3));
    recorder.running(7, 4, 100);
    assertThat(reader.running()).contains(new Slot.Running(7, 4));
    recorder.idle();
    assertThat(reader.running()).isEmpty();
  }

  @Test
  void outcomesAreFoundUntilTheyAreSent() throws IOException {
    assertThat(reader.unsent()).isEmpty();
    recorder.keep(7, 2, block("a"));
    recorder.keep(7, 3, block("b"));
    Unsent unsent = onlyUnsent();
    assertThat(unsent.chunkId()).isEqualTo(7);
    assertThat(unsent.first()).isEqualTo(2);
    assertThat(unsent.count()).isEqualTo(2);
    assertThat(unsent.outcomes()).isEqualTo(recorder.unsent().get(0).outcomes());
    assertValues(unsent.outcomes(), "a", "b");
    recorder.sent();
    assertThat(reader.unsent()).isEmpty();
    recorder.keep(8, 0, block("c"));
    assertValues(onlyUnsent().outcomes(), "c");
  }

  @Test
  void outcomesOfSeveralChunksAreFoundInOrder() throws IOException {
    recorder.keep(7, 5, block("a"));
    recorder.keep(9, 0, block("b"));
    recorder.keep(9, 1, block("c"));
    recorder.keep(8, 0, block("d"));

    List<Unsent> unsent = reader.unsent();

    assertThat(unsent).extracting(Unsent::chunkId).containsExactly(7L, 9L, 8L);
    assertThat(unsent).extracting(Unsent::first).containsExactly(5, 0, 0);
    assertThat(unsent).extracting(Unsent::count).containsExactly(1, 2, 1);
    assertValues(unsent.get(0).outcomes(), "a");
    assertValues(unsent.get(1).outcomes(), "b", "c");
    assertValues(unsent.get(2).outcomes(), "d");
  }

  private Unsent onlyUnsent() {
    List<Unsent> unsent = reader.unsent();
    assertThat(unsent).hasSize(1);
    return unsent.get(0);
  }

  @Test
  void aFileThatIsGoneOrAnotherOneIsNotTaken() throws IOException {
    long identity = reader.identity();
    Files.delete(file);
    assertThatThrownBy(() -> Recorder.open(file, identity))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("taken away");
    assertThat(file).doesNotExist();
    Files.createFile(file);
    assertAnother(identity);
    Recorder.prepare(file);
    assertAnother(identity);
    assertThat(reader.identity()).isEqualTo(identity);
  }

  private void assertAnother(long identity) {
    assertThatThrownBy(() -> Recorder.open(file, identity))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not the file that the parent has made");
  }

  @Test
  void aDiskThatIsNearlyFullIsSeenAtOnce() {
    NearlyFull disk = new NearlyFull(20_000);
    assertThatThrownBy(() -> Recorder.writeWhole(ByteBuffer.allocate(Recorder.LENGTH), disk))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(disk.free).isZero();
  }

  @Test
  void whatADiskTakesInPiecesIsWrittenWhole() throws IOException {
    NearlyFull disk = new NearlyFull(Recorder.LENGTH);
    Recorder.writeWhole(ByteBuffer.allocate(Recorder.LENGTH), disk);
    assertThat(disk.free).isZero();
  }

  @Test
  void anEmptyFileHasNoIdentity() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    try (RecorderReader other = RecorderReader.open(empty)) {
      assertThatThrownBy(other::identity).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void asMuchIsKeptAsThereIsRoomFor() throws IOException {
    Block.Writer block = new Block.Writer();
    while (block.length() < Recorder.ROOM / 2 - 100) {
      block.addValue("x".repeat(50), codec, "value");
    }
    recorder.keep(1, 0, block);
    recorder.keep(1, block.count(), block);
    assertThat(onlyUnsent().count()).isEqualTo(2 * block.count());
  }

  @Test
  void whatIsKeptToNearlyTheHalfLeavesRoomForAsMuchOfAnotherChunk() throws IOException {
    byte[] sized = new byte[Recorder.HALF];
    Block.Writer first = new Block.Writer();
    first.addValue(Arrays.copyOf(sized, Recorder.HALF - 10), codec, "value");
    assertThat(first.length()).isBetween(Recorder.HALF - 10, Recorder.HALF + 5);
    int excess = first.length() - (Recorder.HALF - 1 - Recorder.SECTION_HEADER);
    Block.Writer most = new Block.Writer();
    most.addValue(Arrays.copyOf(sized, Recorder.HALF - 10 - excess), codec, "value");
    Block.Writer half = new Block.Writer();
    half.addValue(Arrays.copyOf(sized, Recorder.HALF - 10 - excess + 14), codec, "value");
    assertThat(half.length()).isEqualTo(Recorder.HALF);

    recorder.keep(1, 0, most);
    assertThat(recorder.unsentLength()).isEqualTo(Recorder.HALF - 1);
    recorder.keep(2, 0, half);

    assertThat(reader.unsent()).extracting(Unsent::count).containsExactly(1, 1);
  }

  @Test
  void anEmptyFileAndOneCutShortTellNothing() throws IOException {
    recorder.running(7, 3, 100);
    recorder.keep(7, 2, block("a"));
    for (int length : new int[] {Recorder.UNSENT_BYTES + 3, Recorder.UNSENT_BYTES, 20, 7, 0}) {
      Path cut = directory.resolve("cut" + length);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(cut, Arrays.copyOf(bytes, length));
      try (RecorderReader other = RecorderReader.open(cut)) {
        assertThat(other.unsent()).isEmpty();
        assertThat(other.running().isPresent()).isEqualTo(length >= Recorder.UNSENT);
      }
    }
  }

  @Test
  void anyDamageLeavesWholeBlocksOrNothing() throws IOException {
    recorder.running(7, 3, 100);
    recorder.keep(7, 2, block("a"));
    recorder.keep(7, 3, block("b"));
    recorder.keep(9, 0, block("c"));
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = sound.clone();
      for (int i = 0; i < 1 + round % 20; i++) {
        damaged[random.nextInt(Recorder.UNSENT_BYTES + 60)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged, StandardOpenOption.WRITE);
      reader.running().ifPresent(running -> assertThat(running.item()).isNotNegative());
      for (Unsent unsent : reader.unsent()) {
        assertThat(unsent.first()).isNotNegative();
        assertThat(Block.end(unsent.outcomes(), unsent.count()))
            .isEqualTo(unsent.outcomes().length);
      }
    }
  }

  @Test
  void aReaderThatIsClosedTellsNothing() throws IOException {
    recorder.running(7, 3, 100);
    recorder.keep(7, 2, block("a"));
    reader.close();
    assertThat(reader.running()).isEmpty();
    assertThat(reader.unsent()).isEmpty();
  }

  private Block.Writer block(String value) {
    Block.Writer block = new Block.Writer();
    block.addValue(value, codec, "value");
    return block;
  }

  private void assertValues(byte[] outcomes, String... values) throws IOException {
    Block.Reader entries = new Block.Reader(outcomes);
    for (String value : values) {
      entries.next();
      assertThat(entries.value(codec, "value")).isEqualTo(value);
    }
  }

  /** Takes some of what it is given while there is room, as disks do. */
  private static final class NearlyFull implements WritableByteChannel {
    private static final int PIECE = 9_000;

    private int free;

    NearlyFull(int free) {
      this.free = free;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (free == 0) {
        throw new IOException("No space left on device");
      }
      int taken = Math.min(Math.min(free, PIECE), bytes.remaining());
      bytes.position(bytes.position() + taken);
      free -= taken;
      return taken;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
