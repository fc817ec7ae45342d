package io.processpool.core.history;

import io.processpool.wire.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one job's items, the last one of each. Safe for use by several threads.
 *
 * <p>Adding one is all that is done while the job goes on.
 */
public final class Runs {
  private @Nullable List<Run> all;

  /** Creates an empty history. */
  public Runs() {}

  /**
   * Adds a run.
   *
   * @param run the run
   */
  public synchronized void add(Run run) {
    if (all == null) {
      all = new ArrayList<>(1);
    }
    all.add(run);
  }

  /** The runs of now, by the index of their first item. An item that ran again has its last run. */
  private synchronized NavigableMap<Integer, Run> byIndex() {
    NavigableMap<Integer, Run> runs = new TreeMap<>();
    if (all != null) {
      all.forEach(run -> runs.put(run.first(), run));
    }
    return runs;
  }

  /**
   * The runs of now, to be looked at.
   *
   * @return a snapshot, for one thread
   */
  public Snapshot snapshot() {
    return new Snapshot(byIndex());
  }

  /** The runs as of a moment. Not safe for use by several threads. */
  public static final class Snapshot {
    private static final int MOST_DECODED = 2;

    private final NavigableMap<Integer, Run> runs;

    /** Those looked at last. */
    private final Map<Run, List<Figures>> decoded = new LinkedHashMap<>();

    private Snapshot(NavigableMap<Integer, Run> runs) {
      this.runs = runs;
    }

    /**
     * How long all items ran, one after the other.
     *
     * @return the time in nanoseconds
     */
    public long totalDuration() {
      return runs.values().stream()
          .flatMap(run -> run.figures().stream())
          .mapToLong(Figures::duration)
          .sum();
    }

    /**
     * When the last outcome came, if all have come.
     *
     * @param items how many items there are
     * @param otherwise the time if not all have
     * @return the time, in nanoseconds
     */
    public long lastReceived(int items, long otherwise) {
      long known = runs.values().stream().mapToLong(Run::count).sum();
      return known < items || items == 0
          ? otherwise
          : runs.values().stream().mapToLong(Run::received).max().orElse(otherwise);
    }

    /** The run of an item; {@code null} if there is none yet. */
    @Nullable Run run(int index) {
      Map.Entry<Integer, Run> entry = runs.floorEntry(index);
      Run run = entry == null ? null : entry.getValue();
      return run == null || index - run.first() >= run.count() ? null : run;
    }

    /** Whether an item has failed, or was lost. */
    boolean hasFailed(int index) {
      Run run = run(index);
      Figures figures = run == null ? null : figures(run, index);
      return figures == null || figures.failed();
    }

    /**
     * The number of the worker that ran an item.
     *
     * @param index the item's index
     * @return the number; 0 if it is not known
     */
    public int worker(int index) {
      Run run = run(index);
      return run == null ? 0 : run.attempt().worker().number();
    }

    /** What was measured of an item; {@code null} if that is not known. */
    @Nullable Figures figures(Run run, int index) {
      List<Figures> all = figuresOf(run);
      int position = index - run.first();
      return position < all.size() ? all.get(position) : null;
    }

    /** What the group of an item used, which may end in a later run; {@code null} if unknown. */
    Figures.@Nullable Usage usage(Run run, int index) {
      int next = index;
      for (Run at = run; at != null && belongsTo(at, run); at = run(next)) {
        List<Figures> all = figuresOf(at);
        for (int i = next - at.first(); i < all.size(); i++) {
          Figures.Usage usage = all.get(i).usage();
          if (usage != null) {
            return at.first() + i - usage.items() < index ? usage : null;
          }
        }
        next = at.first() + at.count();
      }
      return null;
    }

    private static boolean belongsTo(Run later, Run run) {
      return later.attempt().worker().equals(run.attempt().worker());
    }

    private List<Figures> figuresOf(Run run) {
      List<Figures> known = decoded.get(run);
      if (known == null) {
        known = run.figures();
        if (decoded.size() == MOST_DECODED) {
          decoded.remove(decoded.keySet().iterator().next());
        }
        decoded.put(run, known);
      }
      return known;
    }
  }
}
