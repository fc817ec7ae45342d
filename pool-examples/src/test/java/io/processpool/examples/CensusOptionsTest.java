package io.processpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CensusOptionsTest {

  @Test
  void countsEveryModuleOnEveryProcessorByDefault() throws Exception {
    CensusOptions options = CensusOptions.parse();

    assertThat(options.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(options.modules()).contains("java.base", "java.xml", "jdk.compiler");
  }

  @Test
  void takesWorkersAndModules() throws Exception {
    CensusOptions options =
        CensusOptions.parse("--modules", "java.xml,java.base", "--workers", "12");

    assertThat(options.workers()).isEqualTo(12);
    assertThat(options.modules()).containsExactly("java.base", "java.xml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --processes 2         | Unknown option: --processes
          --workers             | --workers needs a value
          --workers 0           | --workers needs a number from 1 to 9999: 0
          --workers many        | --workers needs a number from 1 to 9999: many
          --modules java.basic  | --modules: this JDK has no module 'java.basic'
          --modules java.base,, | --modules: this JDK has no module ''
          """)
  void saysWhatIsWrong(String commandLine, String message) {
    assertThatThrownBy(() -> CensusOptions.parse(commandLine.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
