package io.processpool.core.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a worker prints: whole lines of it, the last of which are kept to explain the worker's end.
 * Safe for use by several threads.
 */
final class OutputTail extends OutputStream {
  private static final int LINES = 40; // the banner of a crash has 18
  private static final int LINE_LENGTH = 8192;
  private static final byte[] NOTHING = {};

  private final boolean forward;
  private final Deque<String> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  OutputTail(boolean forward) {
    this.forward = forward;
  }

  /** Reads a stream until its end. */
  void readFrom(InputStream in) {
    byte[] buffer = new byte[LINE_LENGTH];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        write(buffer, 0, read);
      }
    } catch (IOException e) {
      // The process is gone, and with it the stream.
    }
    forward(endLine());
  }

  @Override
  public void write(int b) {
    forward(add(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  /** Returns the line that has ended with this byte; nothing if none has. */
  private synchronized byte[] add(int b) {
    line.write(b);
    return b == '\n' || line.size() >= LINE_LENGTH ? endLine() : NOTHING;
  }

  /** The last lines, each behind a line break; nothing if there are none. */
  synchronized String text() {
    StringBuilder text = new StringBuilder();
    for (String each : lines) {
      text.append(System.lineSeparator()).append("  | ").append(each);
    }
    return text.toString();
  }

  /** The last lines, oldest first. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  private synchronized byte[] endLine() {
    if (line.size() == 0) {
      return NOTHING;
    }
    byte[] ended = line.toByteArray();
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line.toString(Charset.defaultCharset()).stripTrailing());
    line.reset();
    return ended;
  }

  /** Not under the monitor, for the other end of this stream may take its time, or fail. */
  private void forward(byte[] ended) {
    if (forward && ended.length > 0) {
      try {
        System.err.writeBytes(ended);
      } catch (RuntimeException e) {
        // It cannot be shown; but it must go on being read, or the worker stops.
      }
    }
  }
}
