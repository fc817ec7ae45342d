package io.processpool;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far the tasks of a handle have come, as of a moment. Immutable.
 *
 * @param done how many of them are done, with a value or without
 * @param total how many there are
 * @param failed how many of those that are done have no value
 * @param elapsed how long it has been since the submission
 * @param running those that run, with what they tell of {@linkplain TaskMetadata#progress
 *     themselves}; unmodifiable
 */
public record Progress(
    int done, int total, int failed, Duration elapsed, List<TaskMetadata> running) {

  /**
   * Puts together how far tasks have come, with a copy of the list.
   *
   * @throws NullPointerException if {@code elapsed}, the list or an element of it is {@code null}
   */
  public Progress {
    requireNonNull(elapsed, "elapsed");
    running = List.copyOf(running);
  }

  /**
   * How fast it was so far.
   *
   * @return tasks per second; 0 if no time has passed
   */
  public double rate() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? done / seconds : 0;
  }

  /**
   * How long it will take from now on, should it go on as fast as before.
   *
   * @return the time; empty if nothing is done yet
   */
  public Optional<Duration> remaining() {
    return done == 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(elapsed.toMillis() * (total - done) / done));
  }
}
