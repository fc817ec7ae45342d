package io.processpool.core;

import io.processpool.core.schedule.Job;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, to be found by their numbers. It takes one reference for each, or a few, where a map would
 * take objects of its own. Not safe for use by several threads.
 *
 * <p>A job is in the first place from that of its number on that was free. No place between the two
 * is ever empty.
 */
final class JobTable {
  /** So many numbers that follow on each other have places that do: they share a cache line. */
  private static final int ROW_BITS = 4;

  private static final int SMALLEST_BITS = ROW_BITS;
  private static final int IN_ROW = (1 << ROW_BITS) - 1;

  /** Spreads rows that follow on each other: 2 to the power of 64, by the golden ratio. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private int bits = SMALLEST_BITS;
  private @Nullable Job[] places = new Job[1 << SMALLEST_BITS];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds a job, whose number none of the others has. */
  void add(Job job) {
    if (size >= places.length / 2) {
      resize(bits + 1);
    } else if (size < places.length / 16 && bits > SMALLEST_BITS) {
      resize(bits - 1);
    }
    put(job);
    size++;
  }

  private void put(Job job) {
    int place = placeOf(job.number());
    while (places[place] != null) {
      place = next(place);
    }
    places[place] = job;
  }

  /** Removes a job, for which it needs no memory. Returns whether it was there. */
  boolean remove(Job job) {
    int place = placeOf(job.number());
    while (places[place] != null && places[place] != job) {
      place = next(place);
    }
    boolean isThere = places[place] == job;
    if (isThere) {
      free(place);
      size--;
    }
    return isThere;
  }

  /** Has those move up behind the place that could not be found any more. */
  private void free(int place) {
    int free = place;
    Job job;
    for (int i = next(free); (job = places[i]) != null; i = next(i)) {
      if (distance(placeOf(job.number()), i) >= distance(free, i)) {
        places[free] = job;
        free = i;
      }
    }
    places[free] = null;
  }

  /** The job with a number; {@code null} if there is none. */
  @Nullable Job find(long number) {
    int place = placeOf(number);
    Job job = places[place];
    while (job != null && job.number() != number) {
      place = next(place);
      job = places[place];
    }
    return job;
  }

  /** All of them, in the order of their numbers. */
  List<Job> all() {
    return Arrays.stream(places)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Job::number))
        .toList();
  }

  private int placeOf(long number) {
    int row = (int) (((number >>> ROW_BITS) * SPREAD) >>> (Long.SIZE - bits)) & ~IN_ROW;
    return row | ((int) number & IN_ROW);
  }

  private int next(int place) {
    return (place + 1) & (places.length - 1);
  }

  private int distance(int from, int to) {
    return (to - from) & (places.length - 1);
  }

  private void resize(int newBits) {
    @Nullable Job[] before = places;
    places = new Job[1 << newBits];
    bits = newBits;
    for (Job job : before) {
      if (job != null) {
        put(job);
      }
    }
  }
}
