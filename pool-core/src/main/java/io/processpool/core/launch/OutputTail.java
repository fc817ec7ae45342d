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
final class OutputTail {
  private static final int LINES = 40; // the banner of a crash has 18
  private static final int LINE_LENGTH = 8192;

  private final boolean forward;
  private final Deque<String> lines = new ArrayDeque<>();
  private final OutputStream noise = new Source();

  OutputTail(boolean forward) {
    this.forward = forward;
  }

  /** Reads a stream until its end. */
  void readFrom(InputStream in) {
    byte[] buffer = new byte[LINE_LENGTH];
    try (Source source = new Source()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        source.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // The process is gone, and with it the stream.
    }
  }

  /** Takes what is found between the frames of the channel. */
  OutputStream noise() {
    return noise;
  }

  /** The last lines, oldest first. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Lines as a message shows them, each behind a line break; nothing if there are none. */
  static String shown(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String each : lines) {
      text.append(System.lineSeparator()).append("  | ").append(each);
    }
    return text.toString();
  }

  private synchronized void keep(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** Not under the monitor, for the other end of this stream may take its time, or fail. */
  private void forward(byte[] line) {
    if (forward) {
      try {
        System.err.writeBytes(line);
      } catch (RuntimeException e) {
        // It cannot be shown; but it must go on being read, or the worker stops.
      }
    }
  }

  /** Makes lines of what comes from one side, so that those of two never mix. For one thread. */
  private final class Source extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      line.write(b);
      if (b == '\n' || line.size() >= LINE_LENGTH) {
        endLine();
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        write(bytes[i]);
      }
    }

    @Override
    public void close() {
      if (line.size() > 0) {
        endLine();
      }
    }

    private void endLine() {
      byte[] ended = line.toByteArray();
      keep(line.toString(Charset.defaultCharset()).stripTrailing());
      line.reset();
      forward(ended);
    }
  }
}
