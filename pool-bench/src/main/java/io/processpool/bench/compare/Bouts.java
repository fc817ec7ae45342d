package io.processpool.bench.compare;

import io.processpool.bench.compare.side.Work;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** All that there is to compare, with what we want to reach. */
final class Bouts {
  private static final int ONES = 20_000;
  private static final int MANY_WARM_UPS = 80;
  private static final int STORM = 200_000;
  private static final int MANY = 10_000_000;
  private static final int ECHO = 100 << 20;
  private static final int RECORDS = 1_000_000;
  private static final int SKEWED = 1000;
  private static final int SHORT_MICROS = 100;
  private static final int LONG_MICROS = 100 * SHORT_MICROS;
  private static final String RATE = "rate";
  private static final String PER_SECOND = "items/s";
  private static final String MILLIS = "millis";
  private static final String SIZES = "1 2 4 8 16 32 64";

  private final int perMicro = Work.iterationsPerMicrosecond();

  List<Bout> all() {
    return List.of(
        apply(),
        rate(
            "map-one",
            "map, chunks of one",
            "map " + ONES + " 1",
            MANY_WARM_UPS,
            Bound.atLeast(10)),
        rate("storm", "storm of 200,000 applyAsync", "storm " + STORM, 5, Bound.atLeast(10)),
        rate("imap", "imap, chunks of one", "imap " + ONES, MANY_WARM_UPS, Bound.atLeast(8)),
        rate(
            "imap-unordered",
            "imapUnordered, chunks of one",
            "imapUnordered " + ONES,
            MANY_WARM_UPS,
            Bound.atLeast(8)),
        rate("map-many", "map of 10 million Integers", "map " + MANY, 15, Bound.atLeast(5)),
        echo("echo-bytes", "echo of 100 MiB as byte[]", "echo bytes " + ECHO, true),
        echo("echo-doubles", "echo of 100 MiB as double[]", "echo doubles " + ECHO, true),
        echo("echo-records", "echo of 1 million records", "echo records " + RECORDS, false),
        spin("spin-1ms", "tasks of 1 ms", 1000, 1000, Bound.atLeast(0.97)),
        spin("spin-100us", "tasks of 0.1 ms", 100, 10_000, Bound.atLeast(0.9)),
        skew(),
        start("start-trained", "creation to first result", Team.TRAINED, 1, Bound.atMost(2)),
        start("start-first", "the same, the first ever", Team.FIRST_EVER, 3, null),
        idle(),
        dispatch(),
        start64(),
        heap());
  }

  private static Bout apply() {
    Rival python = python("median", null);
    return new Bout(
        "apply",
        List.of(
            new Play(Team.POOL, "apply 3000", 8),
            new Play(Team.PYTHON_FORK, "apply 3000", 1),
            new Play(Team.PYTHON_SPAWN, "apply 3000", 1),
            new Play(Team.PIPE, "ping 3000 64", 8)),
        List.of(
            Row.lessIsBetter("apply, median", "µs", new Reading(Team.POOL, "median"))
                .peer(new Rival(python.readings(), Bound.atMost(0.25)))
                .limit(Rival.of(Team.PIPE, "median", Bound.atMost(3))),
            Row.lessIsBetter("apply, 99th percentile", "µs", new Reading(Team.POOL, "p99"))
                .peer(new Rival(python.readings(), Bound.atMost(1)))
                .limit(Rival.of(Team.PIPE, "p99", null))));
  }

  private static Rival python(String figure, Bound bound) {
    return new Rival(
        List.of(new Reading(Team.PYTHON_FORK, figure), new Reading(Team.PYTHON_SPAWN, figure)),
        bound);
  }

  private static Bout rate(String name, String metric, String load, int warmUps, Bound bound) {
    return new Bout(
        name,
        List.of(
            new Play(Team.POOL, load, warmUps),
            new Play(Team.PYTHON_FORK, load, 0),
            new Play(Team.PYTHON_SPAWN, load, 0)),
        List.of(
            Row.moreIsBetter(metric, PER_SECOND, new Reading(Team.POOL, RATE))
                .peer(python(RATE, bound))));
  }

  private static Bout echo(String name, String metric, String load, boolean bound) {
    return new Bout(
        name,
        List.of(
            new Play(Team.POOL, load, 10),
            new Play(Team.PYTHON_FORK, "echo " + ECHO, 0),
            new Play(Team.PYTHON_SPAWN, "echo " + ECHO, 0),
            new Play(Team.PIPE, "echo " + ECHO, 4)),
        List.of(
            Row.moreIsBetter(metric, "MB/s", new Reading(Team.POOL, RATE))
                .peer(python(RATE, Bound.atLeast(5)))
                .limit(Rival.of(Team.PIPE, RATE, bound ? Bound.atLeast(0.6) : null))));
  }

  private Bout spin(String name, String metric, int micros, int count, Bound bound) {
    String load = "spin " + count + " " + micros * perMicro;
    return new Bout(
        name,
        List.of(new Play(Team.POOL, load, 12), new Play(Team.THREADS, load, 12)),
        List.of(
            Row.moreIsBetter("map, " + metric, PER_SECOND, new Reading(Team.POOL, RATE))
                .peer(Rival.of(Team.THREADS, RATE, bound))));
  }

  private Bout skew() {
    String places =
        new Random(1)
            .ints(0, SKEWED)
            .distinct()
            .limit(SKEWED / 100)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    String ours =
        "%d %d %d %s".formatted(SKEWED, SHORT_MICROS * perMicro, LONG_MICROS * perMicro, places);
    String python = "skew %d %d %d %s".formatted(SKEWED, SHORT_MICROS, LONG_MICROS, places);
    return new Bout(
        "skew",
        List.of(
            new Play(Team.POOL, "skew " + ours, 20),
            new Play(Team.PYTHON_FORK, python, 1),
            new Play(Team.PYTHON_SPAWN, python, 1),
            new Play(Team.THREADS, "best " + ours, 20)),
        List.of(
            Row.lessIsBetter(
                    "map, 1 % of items 100 times longer", "ms", new Reading(Team.POOL, MILLIS))
                .peer(python(MILLIS, null))
                .limit(Rival.of(Team.THREADS, MILLIS, Bound.atMost(1.1)))));
  }

  private static Bout start(
      String name, String metric, String player, double toPython, Bound toHello) {
    return new Bout(
        name,
        List.of(
            new Play(player, "", 3),
            new Play(Team.PYTHON_SPAWN_START, "first", 1),
            new Play(Team.HELLO, "", 1)),
        List.of(
            Row.lessIsBetter("pool of 2, " + metric, "ms", new Reading(player, MILLIS))
                .peer(Rival.of(Team.PYTHON_SPAWN_START, MILLIS, Bound.atMost(toPython)))
                .limit(Rival.of(Team.HELLO, "process", toHello))));
  }

  private static Bout idle() {
    return new Bout(
        "idle",
        3,
        List.of(new Play(Team.FOOTPRINT, "idle", 1)),
        List.of(
            Row.lessIsBetter(
                    "idle worker, resident memory", "MiB", new Reading(Team.FOOTPRINT, "worker"))
                .limit(Rival.of(Team.FOOTPRINT, "bare", Bound.atMost(1.15))),
            Row.lessIsBetter(
                    "idle worker, processor time per second",
                    "ms",
                    new Reading(Team.FOOTPRINT, "cpu"))
                .limit(Rival.of(Team.FOOTPRINT, "bareCpu", null)),
            Row.lessIsBetter(
                    "idle pool in the parent, processor time per second",
                    "ms",
                    new Reading(Team.FOOTPRINT, "parentCpu"))
                .limit(Rival.of(Team.FOOTPRINT, "bareCpu", null))));
  }

  private static Bout dispatch() {
    return new Bout(
        "scale",
        3,
        List.of(new Play(Team.FOOTPRINT, "dispatch " + SIZES, 0)),
        List.of(
            Row.lessIsBetter(
                    "parent's processor time per trivial task, 64 workers to 2",
                    "µs",
                    new Reading(Team.FOOTPRINT, "cpu64"))
                .limit(Rival.of(Team.FOOTPRINT, "cpu2", Bound.atMost(1.5)))));
  }

  private static Bout start64() {
    return new Bout(
        "start-64",
        3,
        List.of(new Play(Team.FOOTPRINT, "start 64", 0)),
        List.of(
            Row.lessIsBetter(
                    "start of 64 workers, to 64 bare JVMs",
                    "s",
                    new Reading(Team.FOOTPRINT, "seconds"))
                .limit(Rival.of(Team.FOOTPRINT, "bare", null)),
            Row.lessIsBetter(
                    "the same, the parent's processor time",
                    "s",
                    new Reading(Team.FOOTPRINT, "cpu"))
                .limit(Rival.of(Team.FOOTPRINT, "bare", null))));
  }

  private static Bout heap() {
    return new Bout(
        "heap",
        3,
        List.of(new Play(Team.FOOTPRINT, "heap 200000", 1)),
        List.of(
            Row.lessIsBetter(
                    "parent's heap per queued applyAsync",
                    "bytes",
                    new Reading(Team.FOOTPRINT, "bytes"))
                .demand(Bound.atMost(300))));
  }
}
