package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.util.Optional;

/** Arguments that take long to send, for what is done with them. */
final class HeavyArguments implements Rule {

  @Override
  public Optional<String> advice(Evidence evidence) {
    return Optional.of(
            Transfer.of(evidence.tasks(), TaskMetadata::argumentBytes, Overhead::argument))
        .filter(Transfer::dominates)
        .map(
            arguments ->
                "Arguments are heavy: "
                    + arguments.figures()
                    + " Send the name of a file or a key instead, and load what all tasks need once"
                    + " for each worker, in the pool's initializer.");
  }
}
