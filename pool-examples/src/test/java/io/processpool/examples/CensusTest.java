package io.processpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CensusTest {
  private final CapturedOutput output = new CapturedOutput();

  /** XAException, XAResource, Xid and the descriptor: the same four in every JDK. */
  @Test
  void countsTheClassesOfASmallModule() throws Exception {
    assertThat(census("java.transaction.xa").run()).isTrue();

    assertThat(output.text())
        .contains("class files: 4, modules: 1, workers: 2")
        .containsPattern("java.transaction.xa +4 +16 +13 ")
        .containsPattern("All modules +4 +16 +13 ")
        .containsPattern("Pool of 2, second run +[0-9.]+")
        .containsPattern("are equal: 4 classes, [1-9][0-9]* instructions");
  }

  @Test
  void printsTheLargestModuleFirst() throws Exception {
    assertThat(census("java.transaction.xa,java.logging,java.prefs").run()).isTrue();

    assertThat(output.text())
        .containsSubsequence("java.logging", "java.prefs", "java.transaction.xa", "All modules");
  }

  @Test
  void writesWhatTheWorkersDid(@TempDir Path directory) throws Exception {
    Path page = directory.resolve("census.html");
    Path trace = directory.resolve("census.json");
    CensusOptions options =
        CensusOptions.parse(
            "--modules", "java.logging", "--report", page.toString(), "--trace", trace.toString());
    assertThat(new Census(options, output.stream(), ProgressLine.Style.REPEATED).run()).isTrue();

    assertThat(Files.readString(page)).contains("ClassAnalysis.read");
    assertThat(Files.readString(trace)).contains("ClassAnalysis.read");
  }

  @Test
  void seesADifference() throws Exception {
    ClassCensus one = ClassAnalysis.read("/modules/java.base/java/lang/Object.class");
    ClassCensus other = ClassAnalysis.read("/modules/java.base/java/lang/String.class");
    CensusComparison comparison = new CensusComparison(List.of(one, one), List.of(one, other));

    assertThat(comparison.equal()).isFalse();
    assertThat(comparison.verdict())
        .startsWith("Sequential and pooled census differ: ")
        .contains(one.path(), other.path());
  }

  @Test
  void seesThatAClassIsMissing() throws Exception {
    ClassCensus one = ClassAnalysis.read("/modules/java.base/java/lang/Object.class");
    CensusComparison comparison = new CensusComparison(List.of(one), List.of());

    assertThat(comparison.equal()).isFalse();
    assertThat(comparison.verdict()).endsWith("differ: 1 and 0 classes");
  }

  private Census census(String modules) throws Exception {
    CensusOptions options = CensusOptions.parse("--workers", "2", "--modules", modules);
    return new Census(options, output.stream(), ProgressLine.Style.REPEATED);
  }
}
