package io.processpool.bench.compare.side;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ours: a pool of two workers. */
final class PoolPlayer {
  private static final int WORKERS = 2;
  private static final double MEGA = 1e6;

  private final Pool pool;
  private Object payload = List.of();
  private String payloadKind = "";
  private List<Integer> numbers = List.of();

  private PoolPlayer(Pool pool) {
    this.pool = pool;
  }

  /** Plays until the input ends. */
  public static void main(String[] arguments) throws Exception {
    try (Pool pool = Pool.create(WORKERS)) {
      Serving.serve(new PoolPlayer(pool).loads());
    }
  }

  private Map<String, Load> loads() {
    return Map.of(
        "apply", this::apply,
        "map", this::map,
        "storm", this::storm,
        "imap", this::imap,
        "imapUnordered", this::imapUnordered,
        "echo", this::echo,
        "spin", this::spin,
        "skew", this::skew);
  }

  private String apply(List<String> arguments) throws Exception {
    int x = 41;
    return Clock.roundTrips(
        Integer.parseInt(arguments.get(0)), () -> check(pool.apply(n -> n + 1, x) == x + 1));
  }

  /** The number of items, and that of a chunk; without one, as many as the pool thinks best. */
  private String map(List<String> arguments) throws Exception {
    List<Integer> items = numbers(arguments);
    boolean chunked = arguments.size() > 1;
    int chunk = chunked ? Integer.parseInt(arguments.get(1)) : 0;
    return Clock.rate(
        items.size(),
        () -> {
          List<Integer> results =
              chunked ? pool.map(n -> n + 1, items, chunk) : pool.map(n -> n + 1, items);
          check(results.get(items.size() - 1) == items.size());
        });
  }

  private String storm(List<String> arguments) throws Exception {
    int count = Integer.parseInt(arguments.get(0));
    List<AsyncResult<Integer>> handles = new ArrayList<>(count);
    return Clock.rate(
        count,
        () -> {
          for (int i = 0; i < count; i++) {
            handles.add(pool.applyAsync(n -> n + 1, i));
          }
          for (int i = 0; i < count; i++) {
            check(handles.get(i).get() == i + 1);
          }
        });
  }

  private String imap(List<String> arguments) throws Exception {
    List<Integer> items = numbers(arguments);
    return Clock.rate(
        items.size(),
        () -> {
          try (ResultIterator<Integer> results = pool.imap(n -> n + 1, items)) {
            for (int item : items) {
              check(results.next() == item + 1);
            }
          }
        });
  }

  private String imapUnordered(List<String> arguments) throws Exception {
    List<Integer> items = numbers(arguments);
    return Clock.rate(
        items.size(),
        () -> {
          try (ResultIterator<Integer> results = pool.imapUnordered(n -> n + 1, items)) {
            long sum = 0;
            for (int i = 0; i < items.size(); i++) {
              sum += results.next();
            }
            check(sum == (long) items.size() * (items.size() + 1) / 2);
          }
        });
  }

  /** The kind of the payload, and its size. */
  private String echo(List<String> arguments) throws Exception {
    String kind = arguments.get(0);
    if (!payloadKind.equals(kind)) {
      payloadKind = kind;
      payload = payload(kind, Integer.parseInt(arguments.get(1)));
    }
    Object sent = payload;
    AsyncResult<Object> result = pool.applyAsync(p -> p, Collections.emptyList());
    result.get();
    double[] bytes = new double[1];
    double seconds =
        Clock.seconds(
            () -> {
              AsyncResult<Object> echo = pool.applyAsync(p -> p, sent);
              check(echo.get().getClass() == sent.getClass());
              bytes[0] = echo.metadata().get(0).argumentBytes().orElseThrow();
            });
    return "rate=" + bytes[0] / MEGA / seconds + " bytes=" + bytes[0];
  }

  private static Object payload(String kind, int size) {
    return switch (kind) {
      case "bytes" -> new byte[size];
      case "doubles" -> new double[size / Double.BYTES];
      case "records" ->
          IntStream.range(0, size)
              .mapToObj(i -> new Point(i, 1_000_000_007L * i, i * 0.5, i / 3.0, "point " + i))
              .collect(Collectors.toCollection(ArrayList::new));
      default -> throw new IllegalArgumentException("No payload " + kind);
    };
  }

  /** The number of items, and the iterations of each. */
  private String spin(List<String> arguments) throws Exception {
    int count = Integer.parseInt(arguments.get(0));
    List<Integer> items = Collections.nCopies(count, Integer.valueOf(arguments.get(1)));
    return Clock.rate(count, () -> check(pool.map(Work::spin, items).size() == count));
  }

  private String skew(List<String> arguments) throws Exception {
    List<Integer> items = Work.skewed(arguments);
    return "millis="
        + 1000 * Clock.seconds(() -> check(pool.map(Work::spin, items).size() == items.size()));
  }

  private List<Integer> numbers(List<String> arguments) {
    int count = Integer.parseInt(arguments.get(0));
    if (numbers.size() != count) {
      numbers = IntStream.range(0, count).boxed().collect(Collectors.toCollection(ArrayList::new));
    }
    return numbers;
  }

  private static void check(boolean right) {
    if (!right) {
      throw new IllegalStateException("A wrong result");
    }
  }
}
