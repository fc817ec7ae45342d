package io.processpool.core.history;

import io.processpool.TaskStatus;
import io.processpool.wire.Figures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one job's items, one of each item. Safe for use by several threads.
 *
 * <p>They are kept in order, which costs little, for they come nearly so. Whoever adds one never
 * waits for somebody who reads figures.
 */
public final class Runs {
  private @Nullable List<Run> inOrder;
  private @Nullable RecentFigures decoded;

  /** Creates an empty history. */
  public Runs() {}

  /**
   * Adds a run.
   *
   * @param run the run
   */
  public synchronized void add(Run run) {
    if (inOrder == null) {
      inOrder = new ArrayList<>(1);
    }
    inOrder.add(beginningUpTo(run.first(), inOrder), run);
  }

  /**
   * Tells whether an item has run.
   *
   * @param index the item's index
   * @return whether its run is known
   */
  public boolean has(int index) {
    return run(index) != null;
  }

  /** The run of an item; {@code null} if there is none yet. */
  synchronized @Nullable Run run(int index) {
    int runs = inOrder == null ? 0 : beginningUpTo(index, inOrder);
    if (inOrder == null || runs == 0) {
      return null;
    }
    Run run = inOrder.get(runs - 1);
    return index - run.first() < run.count() ? run : null;
  }

  /**
   * How many runs begin with an item up to this one. The differences of indexes are compared, for
   * those of an endless imap go beyond the largest number.
   */
  private static int beginningUpTo(int index, List<Run> inOrder) {
    int from = 0;
    int to = inOrder.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (index - inOrder.get(middle).first() >= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private synchronized List<Run> all() {
    return inOrder == null ? List.of() : List.copyOf(inOrder);
  }

  /**
   * How long all items ran, one after the other.
   *
   * @return the time in nanoseconds
   */
  public long totalDuration() {
    return all().stream().flatMap(run -> run.figures().stream()).mapToLong(Figures::duration).sum();
  }

  /**
   * When the last outcome came, if all have come.
   *
   * @param items how many items there are
   * @param otherwise the time if not all have
   * @return the time, in nanoseconds
   */
  public long lastReceived(int items, long otherwise) {
    List<Run> runs = all();
    long known = runs.stream().mapToLong(Run::count).sum();
    return known < items || items == 0
        ? otherwise
        : runs.stream().mapToLong(Run::received).max().orElse(otherwise);
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

  /** What has become of an item that has run, or was lost. */
  TaskStatus fate(int index) {
    Run run = run(index);
    TaskStatus noted = run == null ? null : run.fate(index);
    if (noted != null) {
      return noted;
    }
    Figures figures = run == null ? null : figures(run, index);
    return figures == null || figures.failed() ? TaskStatus.FAILED : TaskStatus.SUCCEEDED;
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
    return run.count() == 1 ? run.figures() : decoded().of(run);
  }

  private synchronized RecentFigures decoded() {
    if (decoded == null) {
      decoded = new RecentFigures();
    }
    return decoded;
  }
}
