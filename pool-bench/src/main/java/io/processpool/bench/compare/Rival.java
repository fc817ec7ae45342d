package io.processpool.bench.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row of the table holds ours against: a peer or a limit.
 *
 * @param readings its figures; where there are several, the best of each round counts
 * @param bound what the ratio, ours to theirs, must keep to; null if there is no demand
 */
record Rival(List<Reading> readings, @Nullable Bound bound) {
  static Rival of(String player, String figure, @Nullable Bound bound) {
    return new Rival(List.of(new Reading(player, figure)), bound);
  }
}
