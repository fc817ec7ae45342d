package io.processpool.core.output;

import io.processpool.StandardStream;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.TaskId;
import io.processpool.wire.PrintedPiece;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes lines of pieces, so that those of two who print never mix. A line that is too long, and the
 * oldest ones if too much is unfinished, are told before they are finished. For one thread.
 */
final class LineAssembler {
  private static final int LONGEST = 64 * 1024;
  private static final int MOST_OPEN = 1000;
  private static final int MOST_BYTES = 4 << 20;

  private final Consumer<PrintedLine> sink;
  private final Map<Source, Line> open = new LinkedHashMap<>();
  private int bytesOpen;

  /** Who prints, and where to. */
  private record Source(long thread, StandardStream stream, Charset charset) {}

  /** A line that is not finished. */
  private static final class Line {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Optional<TaskId> task;

    Line(Optional<TaskId> task) {
      this.task = task;
    }
  }

  LineAssembler(Consumer<PrintedLine> sink) {
    this.sink = sink;
  }

  void add(PrintedPiece piece) {
    Optional<TaskId> task = Optional.ofNullable(piece.task());
    if (piece.thread() == PrintedPiece.ALL_THREADS) {
      endLines(task, piece.stream());
    } else {
      add(new Source(piece.thread(), piece.stream(), StandardCharsets.UTF_8), task, piece.bytes());
    }
  }

  /** Adds what native code has printed, or a process that a task has started. */
  void addForeign(byte[] bytes, Optional<TaskId> task) {
    add(new Source(0, StandardStream.ERR, Charset.defaultCharset()), task, bytes);
  }

  private void add(Source source, Optional<TaskId> task, byte[] bytes) {
    endLineOfAnother(source, task);
    int start = 0;
    while (start < bytes.length) {
      Line line = open.computeIfAbsent(source, s -> new Line(task));
      if (!line.task.equals(task)) {
        line.task = Optional.empty(); // it is not known who prints all of it
      }
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      line.bytes.write(bytes, start, end - start);
      bytesOpen += end - start;
      if (end < bytes.length) {
        tell(source, true);
      } else if (line.bytes.size() >= LONGEST) {
        tell(source, false);
      }
      start = end + 1;
    }
    tellTheOldest();
  }

  /** What two tasks print is never one line, as far as it is known who they are. */
  private void endLineOfAnother(Source source, Optional<TaskId> task) {
    Line line = open.get(source);
    if (line != null && line.task.isPresent() && task.isPresent() && !line.task.equals(task)) {
      tell(source, false);
    }
  }

  private void tellTheOldest() {
    while (open.size() > MOST_OPEN || bytesOpen > MOST_BYTES) {
      tell(open.keySet().iterator().next(), false);
    }
  }

  private void endLines(Optional<TaskId> task, StandardStream stream) {
    for (Source source : List.copyOf(open.keySet())) {
      if (source.stream() == stream && open.get(source).task.equals(task)) {
        tell(source, false);
      }
    }
  }

  /** There is no more. */
  void end() {
    List.copyOf(open.keySet()).forEach(source -> tell(source, false));
  }

  private void tell(Source source, boolean finished) {
    Line line = open.remove(source);
    bytesOpen -= line.bytes.size();
    sink.accept(line(source, line, finished));
  }

  private static PrintedLine line(Source source, Line line, boolean finished) {
    String text = line.bytes.toString(source.charset());
    boolean hasReturn = finished && text.endsWith("\r");
    return new PrintedLine(
        line.task,
        source.stream(),
        hasReturn ? text.substring(0, text.length() - 1) : text,
        finished);
  }
}
