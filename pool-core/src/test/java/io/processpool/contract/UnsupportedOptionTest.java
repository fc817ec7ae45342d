package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.Pool;
import io.processpool.TaskOptions;
import io.processpool.WorkerLogs;
import io.processpool.WorkerOutput;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a backend cannot do is refused, not passed over. */
class UnsupportedOptionTest {

  @Test
  void threadsCannotBeKilledForATimeout() throws Exception {
    try (Pool pool = Pool.builder().inline().workers(1).build()) {
      assertThatThrownBy(() -> pool.with(TaskOptions.timeout(Duration.ofSeconds(1))))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("timeout");
      int result = pool.with(TaskOptions.softTimeout(Duration.ofSeconds(60))).apply(() -> 1);
      assertThat(result).isEqualTo(1);
    }
  }

  @Test
  void threadsPrintToTheStreamsOfTheirProgram() {
    for (WorkerOutput output :
        List.of(WorkerOutput.CAPTURE, WorkerOutput.FORWARD, WorkerOutput.DISCARD)) {
      assertThatThrownBy(() -> Pool.builder().inline().output(output).build())
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("output(" + output + ")");
    }
  }

  @Test
  void threadsHaveNoMemoryOfTheirOwn() {
    assertThatThrownBy(() -> Pool.builder().inline().maxWorkerMemory(1 << 20).build())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("maxWorkerMemory");
  }

  @ParameterizedTest
  @EnumSource(names = "FORWARD", mode = EnumSource.Mode.EXCLUDE)
  void theLoggingOfThreadsIsThatOfThisJvm(WorkerLogs logs) {
    assertThatThrownBy(() -> Pool.builder().inline().logs(logs).build())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("logs");
  }
}
