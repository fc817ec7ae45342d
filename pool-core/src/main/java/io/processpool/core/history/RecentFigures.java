package io.processpool.core.history;

import io.processpool.wire.Figures;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of those runs that were looked at last, as long as there is memory for them. Whoever
 * looks at the items of a map one by one has those of each run decoded once. Safe for use by
 * several threads.
 */
final class RecentFigures {
  private static final int MOST_RUNS = 4;

  private SoftReference<Map<Run, List<Figures>>> recent = new SoftReference<>(null);

  synchronized List<Figures> of(Run run) {
    Map<Run, List<Figures>> known = recent.get();
    if (known == null) {
      known = new LinkedHashMap<>();
      recent = new SoftReference<>(known);
    }
    List<Figures> figures = known.get(run);
    if (figures == null) {
      figures = run.figures();
      if (known.size() == MOST_RUNS) {
        known.remove(known.keySet().iterator().next());
      }
      known.put(run, figures);
    }
    return figures;
  }
}
