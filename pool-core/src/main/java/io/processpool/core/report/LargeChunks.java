package io.processpool.core.report;

import java.util.Optional;

/** A map whose last chunk keeps one worker busy while the others have nothing left. */
final class LargeChunks implements Rule {

  @Override
  public Optional<String> advice(Evidence evidence) {
    return Ending.poor(evidence).stream()
        .filter(end -> end.late() > 1)
        .findFirst()
        .map(
            end ->
                Plain.format(
                    "Chunks are too large: for %s of its %s the workers of %s had nothing left to"
                        + " do, while worker %d still began %s. Pass a chunk size well below %d,"
                        + " so that the work can be shared out to its end.",
                    Plain.share(end.idleShare()),
                    Plain.nanos(end.wall()),
                    end.map().kind().name(),
                    end.last().task().worker().orElse(0),
                    Plain.count(end.late(), "item", "items"),
                    end.late()));
  }
}
