package io.processpool.connection;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The clients that a listener has rejected, counted and logged. Those that fail to prove that they
 * know the key are warnings, one per second at most, for whoever sends many is not to fill the log;
 * others, such as probes of the port, are for debugging.
 */
final class Rejections {
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final AtomicLong count = new AtomicLong();
  private Deadline quiet = Deadline.after(Duration.ZERO);
  private long unmentioned;

  long count() {
    return count.get();
  }

  /** Notes one; by the listener's thread alone. */
  void add(@Nullable SocketAddress client, Throwable cause) {
    count.incrementAndGet();
    if (!(cause instanceof AuthenticationException)) {
      if (Log.logsDebug()) {
        Log.debug(describe(client, cause), null);
      }
      return;
    }
    if (!quiet.hasPassed()) {
      unmentioned++;
      return;
    }
    Log.warning(
        describe(client, cause) + (unmentioned == 0 ? "" : " (and " + unmentioned + " others)"),
        null);
    quiet = Deadline.after(QUIET);
    unmentioned = 0;
  }

  private static String describe(@Nullable SocketAddress client, Throwable cause) {
    return "Rejected the client " + client + ": " + cause.getMessage();
  }
}
