package io.processpool.core.output;

import static io.processpool.StandardStream.ERR;
import static io.processpool.StandardStream.OUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.StandardStream;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.TaskId;
import io.processpool.wire.PrintedPiece;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a worker prints is told in lines, whatever pieces it comes in. */
class PrintedLinesTest {
  private static final long TAG = 0x1122334455667788L;
  private static final TaskId TASK = new TaskId(7, 3);
  private static final TaskId OTHER = new TaskId(7, 4);

  private final PrintedLines lines = new PrintedLines();
  private final List<PrintedLine> told = new ArrayList<>();

  /** Notes all lines, whichever way they come. */
  private record Telling(List<PrintedLine> told, LongFunction<Optional<TaskId>> author)
      implements PrintedLines.Listener {
    @Override
    public void printedToChannel(PrintedLine line) {
      told.add(line);
    }

    @Override
    public void printedToErrorStream(PrintedLine line) {
      told.add(line);
    }

    @Override
    public Optional<TaskId> onlyTaskSince(long nanoTime) {
      return author.apply(nanoTime);
    }
  }

  @Test
  void taggedPiecesAreToldFromWhatComesBetween() {
    read(
        bytes("native "),
        piece(TASK, 1, OUT, "one\ntwo\n"),
        bytes("code\n"),
        piece(TASK, 1, ERR, "three\n"));
    assertThat(told)
        .containsExactly(
            line(TASK, OUT, "one"),
            line(TASK, OUT, "two"),
            line(null, ERR, "native code"),
            line(TASK, ERR, "three"));
  }

  @Test
  void linesOfSeveralThreadsDoNotMix() {
    read(
        piece(TASK, 1, OUT, "a1 "),
        piece(TASK, 2, OUT, "b1 "),
        piece(TASK, 1, ERR, "e1 "),
        piece(TASK, 1, OUT, "a2\n"),
        piece(TASK, 2, OUT, "b2\n"),
        piece(TASK, 1, ERR, "e2\n"));
    assertThat(told)
        .containsExactly(
            line(TASK, OUT, "a1 a2"), line(TASK, OUT, "b1 b2"), line(TASK, ERR, "e1 e2"));
  }

  @Test
  void aLineEndsWithItsTaskAndWithTheWorker() {
    read(
        piece(TASK, 1, OUT, "task's"),
        piece(null, 1, ERR, "worker's"),
        piece(TASK, PrintedPiece.ALL_THREADS, OUT, ""),
        piece(TASK, 1, OUT, "next\n"));
    assertThat(told)
        .containsExactly(
            new PrintedLine(Optional.of(TASK), OUT, "task's", false),
            line(TASK, OUT, "next"),
            new PrintedLine(Optional.empty(), ERR, "worker's", false));
  }

  @Test
  void aCharacterMayComeInPieces() {
    byte[] euro = "\u20ac\r\n".getBytes(UTF_8);
    read(
        new PrintedPiece(TASK, 1, OUT, new byte[] {euro[0]}).encode(TAG),
        new PrintedPiece(TASK, 1, OUT, new byte[] {euro[1], euro[2], euro[3], euro[4]})
            .encode(TAG));
    assertThat(told).containsExactly(line(TASK, OUT, "\u20ac"));
  }

  @Test
  void anyCutsAndAnythingThatLooksLikeATagChangeNothing() {
    Random random = new Random(42);
    for (int round = 0; round < 500; round++) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      List<String> expected = new ArrayList<>();
      StringBuilder foreign = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        if (random.nextBoolean()) {
          String text = "piece " + i;
          all.writeBytes(piece(TASK, 1, OUT, text + "\n"));
          expected.add(text);
        } else {
          byte[] tag = new PrintedPiece(null, 0, OUT, new byte[0]).encode(TAG);
          int length = 1 + random.nextInt(7); // the beginning of a tag
          all.write(tag, 0, length);
          all.writeBytes(bytes("x"));
          foreign.append(new String(tag, 0, length, Charset.defaultCharset()));
          foreign.append('x');
        }
      }
      told.clear();
      PrintedLines fresh = new PrintedLines();
      fresh.tellTo(new Telling(told, since -> Optional.empty()));
      fresh.expect(TAG);
      fresh.readFrom(new Slow(all.toByteArray(), random));
      assertThat(told.stream().filter(line -> line.stream() == OUT).map(PrintedLine::text))
          .isEqualTo(expected);
      assertThat(
              told.stream()
                  .filter(line -> line.stream() == ERR)
                  .map(PrintedLine::text)
                  .reduce("", String::concat))
          .isEqualTo(foreign.toString());
    }
  }

  @Test
  void aTagWithNonsenseBehindItIsForeign() {
    byte[] nonsense = new byte[PrintedPiece.TAG_LENGTH + PrintedPiece.HEADER_LENGTH];
    System.arraycopy(piece(TASK, 1, OUT, ""), 0, nonsense, 0, PrintedPiece.TAG_LENGTH);
    read(nonsense, piece(TASK, 1, OUT, "sound\n"));
    assertThat(told).contains(line(TASK, OUT, "sound")).hasSize(2);
  }

  @Test
  void foreignLinesBelongToTheOnlyTaskThatRan() {
    lines.tellTo(new Telling(told, since -> Optional.of(TASK)));
    lines.readFrom(new ByteArrayInputStream(bytes("certain\n")));
    assertThat(told).containsExactly(line(TASK, ERR, "certain"));
  }

  @Test
  void whatTwoTasksPrintIsNeverOneLine() {
    Iterator<TaskId> tasks = List.of(TASK, OTHER).iterator();
    lines.tellTo(
        new Telling(told, since -> tasks.hasNext() ? Optional.of(tasks.next()) : Optional.empty()));
    lines.readFrom(
        new SequenceInputStream(
            new ByteArrayInputStream(bytes("no end")), new ByteArrayInputStream(bytes("end\n"))));
    assertThat(told)
        .containsExactly(
            new PrintedLine(Optional.of(TASK), ERR, "no end", false), line(OTHER, ERR, "end"));
  }

  @Test
  void theLastLinesAreKept() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      many.append("line ").append(i).append('\n');
    }
    read(bytes(many.toString()));
    assertThat(lines.last()).hasSize(40).endsWith("line 98", "line 99");
  }

  @Test
  void aLineWithoutEndIsCutAndNotKeptForEver() {
    read(bytes("x".repeat(200_000)));
    assertThat(told).hasSizeGreaterThan(2).allMatch(line -> line.text().length() < 80_000);
    assertThat(lengthOfTold()).isEqualTo(200_000);
    assertThat(lines.last()).allMatch(line -> line.equals("x".repeat(2000)));
  }

  @Test
  void ofManyUnfinishedLinesTheOldestAreTold() {
    List<PrintedLine> expected = new ArrayList<>();
    lines.tellTo(new Telling(told, since -> Optional.empty()));
    for (int thread = 0; thread < 5000; thread++) {
      String text = "thread " + thread;
      lines.add(new PrintedPiece(TASK, thread, OUT, text.getBytes(UTF_8)));
      expected.add(new PrintedLine(Optional.of(TASK), OUT, text, false));
    }
    assertThat(told).isEqualTo(expected.subList(0, 4000));
    lines.endOfChannel();
    assertThat(told).isEqualTo(expected);
  }

  @Test
  void ofLongUnfinishedLinesTheOldestAreTold() {
    byte[] piece = "x".repeat(4000).getBytes(UTF_8);
    lines.tellTo(new Telling(told, since -> Optional.empty()));
    for (int i = 0; i < 10; i++) {
      for (int thread = 0; thread < 500; thread++) {
        lines.add(new PrintedPiece(TASK, thread, OUT, piece));
      }
    }
    int all = 10 * 500 * 4000;
    assertThat(lengthOfTold()).isBetween(all - (4 << 20), all - 1);
    lines.endOfChannel();
    assertThat(lengthOfTold()).isEqualTo(all);
  }

  @Test
  void whatIsFoundOnAChannelThatIsLeftBehindIsNotTold() throws IOException {
    lines.tellTo(new Telling(told, since -> Optional.empty()));
    lines.noise().write(bytes("before\nopen"));
    lines.endOfChannel();
    lines.noise().write(bytes("after\n"));
    assertThat(told).extracting(PrintedLine::text).containsExactly("before", "open");
  }

  private int lengthOfTold() {
    return told.stream().mapToInt(line -> line.text().length()).sum();
  }

  private void read(byte[]... parts) {
    lines.tellTo(new Telling(told, since -> Optional.empty()));
    lines.expect(TAG);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    lines.readFrom(new ByteArrayInputStream(all.toByteArray()));
  }

  private static byte[] piece(
      @Nullable TaskId task, long thread, StandardStream stream, String text) {
    return new PrintedPiece(task, thread, stream, text.getBytes(UTF_8)).encode(TAG);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static PrintedLine line(@Nullable TaskId task, StandardStream stream, String text) {
    return new PrintedLine(Optional.ofNullable(task), stream, text, true);
  }

  /** Gives a few bytes at a time. */
  private static final class Slow extends InputStream {
    private final ByteArrayInputStream in;
    private final Random random;

    Slow(byte[] bytes, Random random) {
      this.in = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return in.read(target, offset, Math.min(length, 1 + random.nextInt(30)));
    }
  }
}
