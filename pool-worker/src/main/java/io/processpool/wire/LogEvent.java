package io.processpool.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/**
 * What was logged in a worker.
 *
 * @param level its level
 * @param origin who logged it
 * @param time when
 * @param message the message, with its arguments
 * @param markers its markers
 * @param context the diagnostic context
 * @param keyValues its key-value pairs, each value as a text
 * @param failure its exception; one that was read is a {@link io.processpool.RemoteTaskException}
 */
public record LogEvent(
    Level level,
    Origin origin,
    Instant time,
    String message,
    List<Mark> markers,
    Map<String, String> context,
    List<KeyValuePair> keyValues,
    @Nullable Throwable failure) {

  /** Texts that are longer than so many characters are cut. */
  public static final int LONGEST_TEXT = 256 * 1024;

  /** How deep the references of markers are followed. */
  public static final int DEEPEST_REFERENCE = 16;

  /** Copies the collections. */
  public LogEvent {
    markers = List.copyOf(markers);
    context = Map.copyOf(context);
    keyValues = List.copyOf(keyValues);
  }

  /**
   * Who logged something.
   *
   * @param logger the name of the logger
   * @param thread the name of the thread
   * @param task the id of the task that ran; {@code null} if none did
   */
  public record Origin(String logger, String thread, @Nullable String task) {}

  /**
   * A marker.
   *
   * @param name its name
   * @param references the markers that it refers to
   */
  public record Mark(String name, List<Mark> references) {}

  /**
   * Reads an event. This runs no user code.
   *
   * @param bytes what {@link #encode} made
   * @return the event
   * @throws WireException if it is none
   */
  public static LogEvent decode(byte[] bytes) throws WireException {
    try {
      return new LogEventReader(bytes).read();
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new WireException("a log event of " + bytes.length + " bytes cannot be read: " + e);
    }
  }

  /**
   * Writes this event. Of the exception, methods are called that may be the user's own; what they
   * throw does not come out.
   *
   * @return its bytes
   * @throws IllegalArgumentException if there are too many of them
   */
  public byte[] encode() {
    return new LogEventWriter().write(this);
  }
}
