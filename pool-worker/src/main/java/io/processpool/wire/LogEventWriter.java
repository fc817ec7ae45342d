package io.processpool.wire;

import io.processpool.wire.kryo.GrowingOutput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Writes one log event. */
final class LogEventWriter {
  private static final int TYPICAL = 512;
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_FAILURE_BYTES = 1 << 20;

  private final GrowingOutput out = new GrowingOutput(TYPICAL);

  byte[] write(LogEvent event) {
    out.writeByte(event.level().toInt());
    write(event.origin().logger());
    write(event.origin().thread());
    writeOptional(event.origin().task());
    Instant time = event.time();
    out.writeLong(time.getEpochSecond());
    out.writeVarInt(time.getNano(), true);
    write(event.message());
    writeMarks(event.markers());
    out.writeVarInt(event.context().size(), true);
    event
        .context()
        .forEach(
            (key, value) -> {
              write(key);
              write(value);
            });
    out.writeVarInt(event.keyValues().size(), true);
    for (KeyValuePair pair : event.keyValues()) {
      write(String.valueOf(pair.key));
      write(String.valueOf(pair.value));
    }
    out.writeBoolean(event.failure() != null);
    if (event.failure() != null) {
      write(event.failure());
    }
    requireRoom();
    return out.takeBytes();
  }

  private void write(Throwable failure) {
    int start = out.position();
    new OutlineWriter(out).write(FailureOutline.of(failure));
    if (out.position() - start > MOST_FAILURE_BYTES) {
      out.setPosition(start);
      new OutlineWriter(out).write(FailureOutline.nameOnly(failure));
    }
  }

  private void writeMarks(List<LogEvent.Mark> marks) {
    out.writeVarInt(marks.size(), true);
    for (LogEvent.Mark mark : marks) {
      write(mark.name());
      writeMarks(mark.references());
    }
  }

  private void writeOptional(@Nullable String text) {
    out.writeBoolean(text != null);
    if (text != null) {
      write(text);
    }
  }

  private void write(String text) {
    byte[] bytes = shortened(text).getBytes(StandardCharsets.UTF_8);
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes, 0, bytes.length);
    requireRoom();
  }

  private static String shortened(String text) {
    int left = text.length() - LogEvent.LONGEST_TEXT;
    return left <= 0
        ? text
        : text.substring(0, LogEvent.LONGEST_TEXT) + "... [" + left + " more characters]";
  }

  private void requireRoom() {
    if (out.position() > MOST_BYTES) {
      throw new IllegalArgumentException("A log event of more than " + MOST_BYTES + " bytes");
    }
  }
}
