package io.processpool.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosOptionsTest {

  @Test
  void hasDefaults() {
    ChaosOptions options = ChaosOptions.parse(List.of());

    assertThat(options.seconds()).isEqualTo(60);
    assertThat(options.workers()).isEqualTo(8);
  }

  @Test
  void takesWhatIsGiven() {
    ChaosOptions options =
        ChaosOptions.parse(List.of("--seed", "-7", "--workers", "3", "--seconds", "5"));

    assertThat(options).isEqualTo(new ChaosOptions(5, 3, -7));
  }
}
