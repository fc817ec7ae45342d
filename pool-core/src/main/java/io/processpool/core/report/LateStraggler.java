package io.processpool.core.report;

import java.util.List;
import java.util.Optional;

/** A single task that a whole map has to wait for. */
final class LateStraggler implements Rule {

  @Override
  public Optional<String> advice(Evidence evidence) {
    List<Ending> poor = Ending.poor(evidence);
    return evidence.stragglers().stream()
        .flatMap(
            straggler ->
                poor.stream()
                    .filter(end -> end.late() <= 1 && end.last().task() == straggler.task())
                    .map(end -> sentence(straggler, end)))
        .findFirst();
  }

  private static String sentence(Straggler straggler, Ending end) {
    return Plain.format(
        "One task decides how long %s takes: task %s ran for %s of the %s, its siblings for %s at"
            + " the median, and the workers had nothing to do for %s of the time. Split it, or put"
            + " such items first.",
        end.map().kind().name(),
        Plain.line(straggler.task().id()),
        Plain.nanos(straggler.took().nanos()),
        Plain.nanos(end.wall()),
        Plain.nanos(straggler.median()),
        Plain.share(end.idleShare()));
  }
}
