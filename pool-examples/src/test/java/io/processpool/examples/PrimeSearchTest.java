package io.processpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.processpool.PoolReport;
import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import org.junit.jupiter.api.Test;

class PrimeSearchTest {

  @Test
  void theReportHasEverySearchAndTheAttemptThatWasLost() throws Exception {
    PoolReport report = PrimeSearch.search(64);

    assertThat(report.stats().completed()).isEqualTo(54);
    assertThat(report.stats().restarts()).hasSize(1);
    assertThat(report.tasks())
        .filteredOn(task -> task.label().equals("exits at first"))
        .extracting(TaskMetadata::attempt, TaskMetadata::status)
        .containsExactly(tuple(1, TaskStatus.FAILED), tuple(2, TaskStatus.SUCCEEDED));
    assertThat(report.tasks())
        .extracting(TaskMetadata::label)
        .contains("small primes", "large primes")
        .hasSize(55);
  }
}
