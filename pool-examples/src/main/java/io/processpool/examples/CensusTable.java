package io.processpool.examples;

import static java.util.stream.Collectors.joining;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints a census, one line for each module. */
final class CensusTable {
  private static final String LINE = "%-35s %8s %8s %13s %8s %8s  %s%n";
  private static final int MOST_USED = 3;

  private final PrintStream out;

  CensusTable(PrintStream out) {
    this.out = out;
  }

  void print(List<ClassCensus> classes) {
    out.println();
    out.printf(
        LINE,
        "Module",
        "Classes",
        "Methods",
        "Instructions",
        "KiB",
        "Deflated",
        "Most used opcodes");
    ModuleCensus.byModule(classes).forEach(this::print);
    print(ModuleCensus.sum("All modules", classes));
    out.println();
  }

  private void print(ModuleCensus census) {
    out.printf(
        LINE,
        census.module(),
        grouped(census.classes()),
        grouped(census.methods()),
        grouped(census.instructions()),
        grouped(Math.round(census.bytes() / 1024.0)),
        percent(census.deflatedBytes(), census.bytes()),
        mostUsed(census.opcodes()));
  }

  private static String mostUsed(OpcodeCounts opcodes) {
    return opcodes.mostUsed(MOST_USED).stream()
        .map(opcode -> Mnemonics.of(opcode) + " " + percent(opcodes.of(opcode), opcodes.total()))
        .collect(joining(", "));
  }

  private static String percent(long part, long total) {
    return Math.round(100.0 * part / total) + " %";
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
