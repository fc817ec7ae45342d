package io.processpool.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row: values, and ratios of values that were measured in the same round.
 *
 * @param row the row
 * @param ours our figure
 * @param peer the peer's figure; null if there is none, or nobody to play it
 * @param toPeer ours to the peer's
 * @param limit the limit's figure; null if there is none
 * @param toLimit ours to the limit's
 */
record Score(
    Row row,
    Spread ours,
    @Nullable Spread peer,
    @Nullable Spread toPeer,
    @Nullable Spread limit,
    @Nullable Spread toLimit) {

  /**
   * Draws up a row.
   *
   * @param rounds the figures of each round, by player
   */
  static Score of(Row row, List<Map<String, Figures>> rounds) {
    List<Double> ours = rounds.stream().map(round -> value(row.ours(), round)).toList();
    Against peer = Against.of(row.peer(), row.moreIsBetter(), ours, rounds);
    Against limit = Against.of(row.limit(), row.moreIsBetter(), ours, rounds);
    return new Score(
        row, Spread.of(ours), peer.theirs(), peer.ratio(), limit.theirs(), limit.ratio());
  }

  private record Against(@Nullable Spread theirs, @Nullable Spread ratio) {
    static Against of(
        @Nullable Rival rival,
        boolean moreIsBetter,
        List<Double> ours,
        List<Map<String, Figures>> rounds) {
      List<Double> theirs = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; rival != null && i < rounds.size(); i++) {
        OptionalDouble best = best(rival, moreIsBetter, rounds.get(i));
        if (best.isPresent() && best.getAsDouble() != 0) { // else there is no ratio
          theirs.add(best.getAsDouble());
          ratios.add(ours.get(i) / best.getAsDouble());
        }
      }
      return theirs.isEmpty()
          ? new Against(null, null)
          : new Against(Spread.of(theirs), Spread.of(ratios));
    }
  }

  private static OptionalDouble best(
      Rival rival, boolean moreIsBetter, Map<String, Figures> round) {
    Stream<Double> values =
        rival.readings().stream()
            .filter(reading -> round.containsKey(reading.player()))
            .map(reading -> value(reading, round));
    return moreIsBetter ? values.mapToDouble(v -> v).max() : values.mapToDouble(v -> v).min();
  }

  private static double value(Reading reading, Map<String, Figures> round) {
    return round.get(reading.player()).get(reading.figure());
  }

  /** Whether every demand on it is met, as far as its rivals were there. */
  boolean met() {
    return holds(row.demand(), ours)
        && holds(row.peer() == null ? null : row.peer().bound(), toPeer)
        && holds(row.limit() == null ? null : row.limit().bound(), toLimit);
  }

  private static boolean holds(@Nullable Bound bound, @Nullable Spread spread) {
    return bound == null || spread == null || bound.holds(spread.median());
  }
}
