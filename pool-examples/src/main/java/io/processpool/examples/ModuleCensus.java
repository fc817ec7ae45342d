package io.processpool.examples;

import static java.util.stream.Collectors.groupingBy;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** What was counted in the class files of one module. */
record ModuleCensus(
    String module,
    int classes,
    long bytes,
    long deflatedBytes,
    long methods,
    OpcodeCounts opcodes) {
  private static final Comparator<ModuleCensus> BY_SIZE =
      Comparator.comparingLong(ModuleCensus::instructions)
          .reversed()
          .thenComparing(ModuleCensus::module);

  static ModuleCensus sum(String module, List<ClassCensus> classes) {
    return new ModuleCensus(
        module,
        classes.size(),
        sum(classes, ClassCensus::bytes),
        sum(classes, ClassCensus::deflatedBytes),
        sum(classes, ClassCensus::methods),
        OpcodeCounts.sum(classes.stream().map(ClassCensus::opcodes).toList()));
  }

  /** One census for each module, the largest module first. */
  static List<ModuleCensus> byModule(List<ClassCensus> classes) {
    return classes.stream().collect(groupingBy(ClassCensus::module)).entrySet().stream()
        .map(module -> sum(module.getKey(), module.getValue()))
        .sorted(BY_SIZE)
        .toList();
  }

  long instructions() {
    return opcodes.total();
  }

  private static long sum(List<ClassCensus> classes, ToIntFunction<ClassCensus> number) {
    return classes.stream().mapToInt(number).asLongStream().sum();
  }
}
