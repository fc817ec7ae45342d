package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** Reads what {@link LogEventWriter} wrote. Of anything else it makes an exception. */
final class LogEventReader {
  private final Input in;

  LogEventReader(byte[] bytes) {
    this.in = new Input(bytes);
  }

  LogEvent read() {
    Level level = Level.intToLevel(in.readByte());
    String logger = readText();
    String thread = readText();
    String task = in.readBoolean() ? readText() : null;
    LogEvent.Origin origin = new LogEvent.Origin(logger, thread, task);
    Instant time = Instant.ofEpochSecond(in.readLong(), in.readVarInt(true));
    String message = readText();
    List<LogEvent.Mark> markers = readMarks(LogEvent.DEEPEST_REFERENCE);
    Map<String, String> context = new HashMap<>();
    for (int left = readCount(); left > 0; left--) {
      context.put(readText(), readText());
    }
    List<KeyValuePair> keyValues = new ArrayList<>();
    for (int left = readCount(); left > 0; left--) {
      keyValues.add(new KeyValuePair(readText(), readText()));
    }
    Throwable failure = in.readBoolean() ? readFailure() : null;
    Objects.checkIndex(in.limit() - in.position(), 1); // nothing is left
    return new LogEvent(level, origin, time, message, markers, context, keyValues, failure);
  }

  private Throwable readFailure() {
    return RemoteFailures.of(new OutlineReader(in).read());
  }

  private List<LogEvent.Mark> readMarks(int depthLeft) {
    int count = readCount();
    if (count == 0) {
      return List.of();
    }
    int depth = Objects.checkIndex(depthLeft - 1, LogEvent.DEEPEST_REFERENCE);
    List<LogEvent.Mark> marks = new ArrayList<>();
    for (int left = count; left > 0; left--) {
      marks.add(new LogEvent.Mark(readText(), readMarks(depth)));
    }
    return marks;
  }

  /** A count of things that take a byte each at least. */
  private int readCount() {
    return Objects.checkIndex(in.readVarInt(true), in.limit() - in.position() + 1);
  }

  private String readText() {
    int length = readCount();
    String text = new String(in.getBuffer(), in.position(), length, StandardCharsets.UTF_8);
    in.setPosition(in.position() + length);
    return text;
  }
}
