package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.spi.Slot;
import io.processpool.wire.kryo.PlainNumbers;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker notes is found, and what no worker can have noted does no harm. */
class RecorderTest {
  private static final int INT = PlainNumbers.kind(1);

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
  void whatWasPutIntoARunIsFoundWithTheNextItem() throws IOException {
    recorder.keep(7, 3, block("a"));
    openRun(7, 4);
    assertThat(reader.unsentOfRun(chunk -> 4)).isEmpty();
    recorder.putInt(0, 10);
    assertThat(reader.unsentOfRun(chunk -> 4)).isEmpty();
    recorder.runningNext(5);
    recorder.putInt(1, 11);
    recorder.runningNext(6);

    Unsent unsent = reader.unsentOfRun(chunk -> 4).orElseThrow();

    assertThat(unsent.chunkId()).isEqualTo(7);
    assertThat(unsent.first()).isEqualTo(4);
    assertThat(unsent.count()).isEqualTo(2);
    assertOutcomes(unsent.outcomes(), 10, 11);
    assertThat(recorder.unsentOfRun().orElseThrow().outcomes().outcomes())
        .isEqualTo(unsent.outcomes());
    assertThat(reader.unsent()).extracting(Unsent::count).containsExactly(1);
    assertThat(reader.unsentOfRun(chunk -> 5).orElseThrow().count()).isOne();
    assertThat(reader.unsentOfRun(chunk -> 6)).isEmpty();
    assertThat(reader.unsentOfRun(chunk -> 3)).isEmpty(); // something is missing before it
    assertThat(reader.unsentOfRun(chunk -> Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void aRunThatIsClosedIsAnEntry() throws IOException {
    openRun(7, 0);
    RunFigures figures = new RunFigures();
    figures.begin(0, 100, 5, 5);
    for (int i = 0; i < 3; i++) {
      recorder.putInt(i, i);
      recorder.runningNext(i + 1);
    }
    figures.add(2, 120, null);
    figures.add(3, 150, new Figures.Usage(3, 50, 40, 8, 0));
    recorder.endRun(3);
    recorder.keepRun(INT, 3, figures);
    recorder.keep(7, 3, block("a"));

    assertThat(reader.unsentOfRun(chunk -> 0)).isEmpty();
    Unsent unsent = onlyUnsent();
    assertThat(unsent.count()).isEqualTo(4);
    assertThat(Block.end(unsent.outcomes(), 4)).isEqualTo(unsent.outcomes().length);
    Block.Reader entries = assertOutcomes(unsent.outcomes(), 0, 1, 2);
    assertThat(entries.runLength()).isOne();
    assertFigures(
        unsent.outcomes(),
        new Figures(100, 10, 0, 0, 5, 5, false, null),
        new Figures(110, 10, 0, 0, 5, 5, false, null),
        new Figures(120, 30, 0, 0, 5, 5, false, new Figures.Usage(3, 50, 40, 8, 0)));
  }

  @Test
  void whatIsSentOfARunIsNotFoundAgain() throws IOException {
    openRun(7, 0);
    recorder.putInt(0, 10);
    recorder.runningNext(1);
    recorder.began(130);
    recorder.sent(recorder.unsentOfRun().orElseThrow());
    assertThat(reader.unsentOfRun(chunk -> 1)).isEmpty();
    recorder.putInt(1, 11);
    recorder.endRun(2);
    RunFigures figures = new RunFigures();
    figures.begin(0, 100, 5, 5);
    figures.add(2, 160, null);
    Unsent rest = recorder.restOfRun(figures).orElseThrow();
    assertThat(rest.first()).isOne();
    assertOutcomes(rest.outcomes(), 11);
    assertFigures(rest.outcomes(), new Figures(130, 30, 0, 0, 5, 5, false, null));
    recorder.dropRun();
    assertThat(reader.unsentOfRun(chunk -> 1)).isEmpty();
  }

  @Test
  void aRunHasRoomForAsManyAsItSays() throws IOException {
    recorder.running(7, 0, 100);
    int room = recorder.openRun(7, 0, INT, 100);
    RunFigures figures = new RunFigures();
    figures.begin(0, 100, 5, 5);
    long time = 100;
    for (int i = 0; i < room; i++) {
      recorder.putInt(i, i);
      recorder.runningNext(i + 1);
      if (i % 16 == 15 && !figures.isFull()) {
        time += Integer.MAX_VALUE;
        figures.add(i + 1, time, null);
      }
    }
    figures.add(room, time + 1, new Figures.Usage(room, time, time, time, time));
    recorder.endRun(room);
    recorder.keepRun(INT, room, figures);
    Unsent unsent = onlyUnsent();
    assertThat(unsent.count()).isEqualTo(room).isGreaterThan(5_000);
    assertOutcomes(unsent.outcomes(), IntStream.range(0, room).toArray());
  }

  @Test
  void anyDamageToARunLeavesWholeBlocksOrNothing() throws IOException {
    openRun(7, 4);
    for (int i = 0; i < 20; i++) {
      recorder.putInt(i, i);
      recorder.runningNext(5 + i);
    }
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int round = 0; round < 5000; round++) {
      byte[] damaged = sound.clone();
      for (int i = 0; i < 1 + round % 5; i++) {
        int at = random.nextBoolean() ? Recorder.RUN : 0;
        damaged[at + random.nextInt(5 * Long.BYTES)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged, StandardOpenOption.WRITE);
      int done = random.nextInt(30);
      reader
          .unsentOfRun(chunk -> done)
          .ifPresent(
              unsent -> {
                assertThat(unsent.first()).isEqualTo(done);
                assertThat(Block.end(unsent.outcomes(), unsent.count()))
                    .isEqualTo(unsent.outcomes().length);
              });
    }
  }

  private void openRun(long chunkId, int first) {
    recorder.running(chunkId, first, 100);
    recorder.openRun(chunkId, first, INT, 100);
  }

  private static Block.Reader assertOutcomes(byte[] outcomes, int... values) throws IOException {
    Block.Reader entries = Block.Reader.ofOutcomes(outcomes);
    for (int value : values) {
      entries.next();
      assertThat(entries.number()).isEqualTo(value);
    }
    return entries;
  }

  private static void assertFigures(byte[] outcomes, Figures... all) throws IOException {
    Block.Reader entries = Block.Reader.ofOutcomes(outcomes);
    Output told = new Output(64, -1);
    for (int i = 0; i < all.length; i++) {
      entries.next();
      entries.copyFigures(told);
    }
    Figures.Reader figures = new Figures.Reader(told.toBytes());
    for (Figures one : all) {
      assertThat(figures.next()).isEqualTo(one);
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
