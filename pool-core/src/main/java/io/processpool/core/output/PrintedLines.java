package io.processpool.core.output;

import io.processpool.spi.PrintedLine;
import io.processpool.spi.TaskId;
import io.processpool.wire.PrintedPiece;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one worker prints, line by line; the last lines are kept, to explain the worker's end.
 *
 * <p>Two threads have to do with it: one reads the worker's standard error, another takes what
 * comes by the channel. Neither waits for the other, for the first may have to wait for whoever
 * looks at the lines. Each tells its lines itself, in their order. Who ends the channel may be a
 * third: the one who reads it may still wait there.
 */
public final class PrintedLines {
  private static final int KEPT = 40; // the banner of a crash has 18
  private static final int LONGEST_KEPT = 2000;
  private static final int SLICE = 8192;
  private static final long LONGEST_MOMENT = TimeUnit.MILLISECONDS.toNanos(20);

  private volatile @Nullable Listener listener;
  private final ErrorStream errorStream = new ErrorStream();
  private final LineAssembler ofErrorStream = new LineAssembler(errorStream);
  private final PieceParser parser = new PieceParser(errorStream);
  private final LineAssembler ofChannel =
      new LineAssembler(new Channel()); // guards what comes there
  private boolean channelHasEnded;
  private final Deque<String> last = new ArrayDeque<>();
  private Optional<TaskId> printing = Optional.empty();
  private long lastRead = System.nanoTime();

  /** Is told of lines, and knows which tasks run. */
  public interface Listener {

    /**
     * A line has come by the channel.
     *
     * @param line the line; what becomes of it must not wait
     */
    void printedToChannel(PrintedLine line);

    /**
     * A line has come by the standard error.
     *
     * @param line the line; while this takes its time, nothing more is read from there
     */
    void printedToErrorStream(PrintedLine line);

    /**
     * The task that runs.
     *
     * @param nanoTime a time, as {@link System#nanoTime} tells it
     * @return its id; empty if there is none, or another one has run since that time
     */
    Optional<TaskId> onlyTaskSince(long nanoTime);
  }

  /** What comes by the standard error. */
  private final class ErrorStream implements PieceParser.Receiver, Consumer<PrintedLine> {
    @Override
    public void piece(PrintedPiece piece) {
      ofErrorStream.add(piece);
    }

    @Override
    public void other(byte[] bytes) {
      ofErrorStream.addForeign(bytes, printing);
    }

    @Override
    public void accept(PrintedLine line) {
      keep(line.text().stripTrailing());
      Listener told = listener;
      if (told != null) {
        told.printedToErrorStream(line);
      }
    }
  }

  /** What comes by the channel. */
  private final class Channel implements Consumer<PrintedLine> {
    @Override
    public void accept(PrintedLine line) {
      keep(line.text().stripTrailing());
      Listener told = listener;
      if (told != null) {
        told.printedToChannel(line);
      }
    }
  }

  /** Creates lines of a worker that has not printed anything. */
  public PrintedLines() {}

  /**
   * Has lines told. Comes before anything is read.
   *
   * @param listener told of each line
   */
  public void tellTo(Listener listener) {
    this.listener = listener;
  }

  /**
   * What comes on the standard error from now on may be tagged.
   *
   * @param tag the tag
   */
  public void expect(long tag) {
    parser.expect(tag);
  }

  /**
   * Reads the worker's standard error until its end.
   *
   * @param in the stream
   */
  public void readFrom(InputStream in) {
    byte[] buffer = new byte[SLICE];
    try {
      for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
        parser.parse(buffer, read);
      }
    } catch (IOException e) {
      // The process is gone, and with it the stream.
    }
    parser.end();
    ofErrorStream.end();
  }

  /**
   * Reads, and finds out which task has printed that: the only one that has run since it may have
   * been printed. What comes while this waits for it was printed a moment ago.
   */
  private int read(InputStream in, byte[] buffer) throws IOException {
    boolean waits = in.available() == 0;
    int read = in.read(buffer);
    long now = System.nanoTime();
    long earliest = waits ? now - LONGEST_MOMENT : lastRead;
    lastRead = now;
    Listener author = listener;
    printing = author == null ? Optional.empty() : author.onlyTaskSince(earliest);
    return read;
  }

  /**
   * Takes what came by the channel.
   *
   * @param piece what was printed
   */
  public void add(PrintedPiece piece) {
    synchronized (ofChannel) {
      ofChannel.add(piece);
    }
  }

  /** Nothing more is taken from the channel. */
  public void endOfChannel() {
    synchronized (ofChannel) {
      channelHasEnded = true;
      ofChannel.end();
    }
  }

  /**
   * Takes what is found between the frames of the channel.
   *
   * @return a stream for the thread that reads the channel
   */
  public OutputStream noise() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        addNoise(Arrays.copyOfRange(bytes, offset, offset + length));
      }
    };
  }

  private void addNoise(byte[] noise) {
    synchronized (ofChannel) {
      if (!channelHasEnded) {
        ofChannel.addForeign(noise, Optional.empty());
      }
    }
  }

  private synchronized void keep(String text) {
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(text.substring(0, Math.min(text.length(), LONGEST_KEPT)));
  }

  /**
   * The last lines, or how they begin.
   *
   * @return a copy, the oldest first
   */
  public synchronized List<String> last() {
    return List.copyOf(last);
  }

  /**
   * Lines as a message shows them.
   *
   * @param lines the lines
   * @return each behind a line break; nothing if there are none
   */
  public static String shown(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String each : lines) {
      text.append(System.lineSeparator()).append("  | ").append(each);
    }
    return text.toString();
  }
}
