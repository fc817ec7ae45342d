package io.processpool.examples;

import java.util.List;
import java.util.Locale;

/** Two censuses of the same classes, taken in different ways: every class must be equal in both. */
record CensusComparison(List<ClassCensus> sequential, List<ClassCensus> pooled) {

  boolean equal() {
    return sequential.equals(pooled);
  }

  String verdict() {
    return equal()
        ? String.format(
            Locale.ROOT,
            "Sequential and pooled census are equal: %,d classes, %,d instructions",
            pooled.size(),
            pooled.stream().mapToLong(census -> census.opcodes().total()).sum())
        : "Sequential and pooled census differ: " + firstDifference();
  }

  private String firstDifference() {
    int common = Math.min(sequential.size(), pooled.size());
    for (int i = 0; i < common; i++) {
      if (!sequential.get(i).equals(pooled.get(i))) {
        return sequential.get(i) + " and " + pooled.get(i);
      }
    }
    return sequential.size() + " and " + pooled.size() + " classes";
  }
}
