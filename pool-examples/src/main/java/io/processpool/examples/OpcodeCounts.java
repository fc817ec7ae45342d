package io.processpool.examples;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How often each opcode of the JVM was met. Immutable. */
final class OpcodeCounts {
  static final int OPCODES = 256;

  private final int[] counts;

  /** Takes a copy of an array that is indexed by opcode. */
  OpcodeCounts(int[] counts) {
    this.counts = counts.clone();
  }

  static OpcodeCounts sum(List<OpcodeCounts> parts) {
    int[] sums = new int[OPCODES];
    for (OpcodeCounts part : parts) {
      Arrays.setAll(sums, opcode -> sums[opcode] + part.counts[opcode]);
    }
    return new OpcodeCounts(sums);
  }

  int of(int opcode) {
    return counts[opcode];
  }

  long total() {
    return Arrays.stream(counts).asLongStream().sum();
  }

  /** The opcodes that were met most often, the first of them first. */
  List<Integer> mostUsed(int limit) {
    return IntStream.range(0, OPCODES)
        .filter(opcode -> counts[opcode] > 0)
        .boxed()
        .sorted(Comparator.comparing(opcode -> -counts[opcode]))
        .limit(limit)
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpcodeCounts that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return total() + " instructions " + Arrays.toString(counts);
  }
}
