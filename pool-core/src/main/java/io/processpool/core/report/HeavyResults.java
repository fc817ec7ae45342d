package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.util.Optional;

/** Results that take long to send, for what was done to make them. */
final class HeavyResults implements Rule {

  @Override
  public Optional<String> advice(Evidence evidence) {
    return Optional.of(Transfer.of(evidence.tasks(), TaskMetadata::resultBytes, Overhead::result))
        .filter(Transfer::dominates)
        .map(
            results ->
                "Results are heavy: "
                    + results.figures()
                    + " Have tasks select or sum up before they return, or write to a file and"
                    + " return its name.");
  }
}
