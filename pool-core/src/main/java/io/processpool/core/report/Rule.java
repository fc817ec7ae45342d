package io.processpool.core.report;

import java.util.List;
import java.util.Optional;

/** Sees one thing that may be wrong with a pool. */
interface Rule {
  List<Rule> ALL =
      List.of(
          new SmallTasks(),
          new HeavyArguments(),
          new HeavyResults(),
          new LargeChunks(),
          new LateStraggler(),
          new IdleWorkers(),
          new ShortLives(),
          new Restarts(),
          new GarbageCollection());

  /** What it sees and what may help, in sentences; empty if it is not clearly so. */
  Optional<String> advice(Evidence evidence);
}
