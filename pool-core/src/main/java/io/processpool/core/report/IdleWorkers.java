package io.processpool.core.report;

import java.util.Optional;

/** More workers than ever had work at the same time. */
final class IdleWorkers implements Rule {
  private static final int FEWEST_TASKS = 10;
  private static final long WORTH_MENTION = 1_000_000_000;

  @Override
  public Optional<String> advice(Evidence evidence) {
    Load load = Load.of(evidence.timetable().rows(), 0);
    long period = load.end() - load.start();
    if (evidence.tasks().size() < FEWEST_TASKS || period < WORTH_MENTION) {
      return Optional.empty();
    }
    long most = Math.max(load.most(), evidence.stats().running());
    double workers =
        evidence.timetable().rows().stream()
                .mapToLong(row -> row.available(load.start(), load.end()))
                .sum()
            / (double) period;
    return 2 * most > workers
        ? Optional.empty()
        : Optional.of(
            Plain.format(
                "Workers lack work: of %s no more than %d had a task at the same time, in %s."
                    + " Submit more at once, such as by a map or the asynchronous calls instead of"
                    + " one call after the other, or have a pool of fewer workers.",
                Plain.count(Math.round(workers), "worker", "workers"), most, Plain.nanos(period)));
  }
}
