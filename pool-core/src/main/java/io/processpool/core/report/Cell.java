package io.processpool.core.report;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands in a table.
 *
 * @param text what is read
 * @param order what it is sorted by; empty for a text, which is its own
 */
record Cell(String text, Optional<Double> order) {
  private static final Cell NONE = new Cell("", Optional.of(-1.0));

  static Cell text(String text) {
    return new Cell(text, Optional.empty());
  }

  static Cell count(long count) {
    return new Cell(Plain.count(count), Optional.of((double) count));
  }

  static Cell id(long id) {
    return new Cell(Long.toString(id), Optional.of((double) id));
  }

  static Cell id(OptionalLong id) {
    return id.isEmpty() ? NONE : id(id.getAsLong());
  }

  static Cell share(double share) {
    return new Cell(Plain.share(share), Optional.of(share));
  }

  static Cell nanos(long nanos) {
    return new Cell(Plain.nanos(nanos), Optional.of((double) nanos));
  }

  static Cell time(Optional<Duration> time) {
    return time.map(t -> nanos(Math.max(0, t.toNanos()))).orElse(NONE);
  }

  static Cell bytes(OptionalLong bytes) {
    return bytes.isEmpty()
        ? NONE
        : new Cell(Plain.bytes(bytes.getAsLong()), Optional.of((double) bytes.getAsLong()));
  }
}
