package io.processpool.core;

import static java.util.Objects.requireNonNull;

import io.processpool.Args;
import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolReport;
import io.processpool.PoolStats;
import io.processpool.ResultIterator;
import io.processpool.TaskOptions;
import io.processpool.core.history.Submission;
import io.processpool.core.result.Imaps;
import io.processpool.core.result.JobContext;
import io.processpool.core.result.MapResult;
import io.processpool.core.result.SingleResult;
import io.processpool.core.result.SubmitSite;
import io.processpool.core.schedule.ItemBlock;
import io.processpool.function.SerializableBiFunction;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableFunction;
import io.processpool.function.SerializableTriFunction;
import io.processpool.spi.BackendFactory;
import io.processpool.spi.Chunk;
import io.processpool.spi.PoolSettings;
import io.processpool.spi.TaskId;
import io.processpool.wire.Block;
import io.processpool.wire.NumberedName;
import io.processpool.wire.TaskFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The pool that users hold: turns calls into jobs of the {@link Engine}. */
final class ProcessPool implements Pool {
  private static final int PARTS_PER_WORKER = 4;
  private static final int CHUNKS_HELD_BY_WORKER = 2;

  private final Engine engine;
  private final Lease lease;
  private final TaskOptions options;

  private ProcessPool(Engine engine, Lease lease, TaskOptions options) {
    this.engine = engine;
    this.lease = lease;
    this.options = options;
  }

  static ProcessPool start(PoolSettings settings, BackendFactory backend) {
    Engine engine = new Engine(settings, backend);
    engine.start();
    return new ProcessPool(engine, Lease.of(engine), TaskOptions.defaults());
  }

  @Override
  public <R extends @Nullable Object> AsyncResult<R> applyAsync(SerializableCallable<R> task) {
    return submitOne(new TaskFunction.Nullary(requireNonNull(task, "task")), null);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
      SerializableFunction<? super A, R> task, A argument) {
    return submitOne(unary(task), argument);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      AsyncResult<R> applyAsync(
          SerializableBiFunction<? super A, ? super B, R> task, A first, B second) {
    return submitOne(binary(task), Args.of(first, second));
  }

  @Override
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      AsyncResult<R> applyAsync(
          SerializableTriFunction<? super A, ? super B, ? super C, R> task,
          A first,
          B second,
          C third) {
    return submitOne(ternary(task), Args.of(first, second, third));
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> AsyncMapResult<R> mapAsync(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items) {
    return submitAll(unary(task), list(items), null);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> AsyncMapResult<R> mapAsync(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items, int chunkSize) {
    return submitAll(unary(task), list(items), chunkSize);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      AsyncMapResult<R> starmapAsync(
          SerializableBiFunction<? super A, ? super B, R> task,
          Iterable<? extends Args.Pair<? extends A, ? extends B>> calls) {
    return submitAll(binary(task), copyOfCalls(calls), null);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      AsyncMapResult<R> starmapAsync(
          SerializableBiFunction<? super A, ? super B, R> task,
          Iterable<? extends Args.Pair<? extends A, ? extends B>> calls,
          int chunkSize) {
    return submitAll(binary(task), copyOfCalls(calls), chunkSize);
  }

  @Override
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      AsyncMapResult<R> starmapAsync(
          SerializableTriFunction<? super A, ? super B, ? super C, R> task,
          Iterable<? extends Args.Triple<? extends A, ? extends B, ? extends C>> calls) {
    return submitAll(ternary(task), copyOfCalls(calls), null);
  }

  @Override
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      AsyncMapResult<R> starmapAsync(
          SerializableTriFunction<? super A, ? super B, ? super C, R> task,
          Iterable<? extends Args.Triple<? extends A, ? extends B, ? extends C>> calls,
          int chunkSize) {
    return submitAll(ternary(task), copyOfCalls(calls), chunkSize);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items) {
    return pull(unary(task), items, 1, true);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items, int chunkSize) {
    return pull(unary(task), items, chunkSize, true);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items) {
    return pull(unary(task), items, 1, false);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items, int chunkSize) {
    return pull(unary(task), items, chunkSize, false);
  }

  private <R extends @Nullable Object> AsyncResult<R> submitOne(
      TaskFunction task, @Nullable Object item) {
    engine.beginSubmission();
    long start = System.nanoTime();
    JobContext context = engine.context();
    Chunk.Function function = engine.functions().ofTask(task);
    Block.Writer block = new Block.Writer();
    block.addValue(item, context.codec(), "argument");
    Submission submission = engine.submissionOfTask(options, task, start);
    SubmitSite site = engine.submitSite(task, start);
    SingleResult<R> result = new SingleResult<>(context, lease, task.name(), submission, site);
    List<ItemBlock> chunks = List.of(new ItemBlock(0, 1, block.take()));
    engine.registerSingle(result);
    engine.submitWhole(result, options, function, chunks);
    return result;
  }

  private <R extends @Nullable Object> AsyncMapResult<R> submitAll(
      TaskFunction task, List<?> items, @Nullable Integer chunkSize) {
    engine.beginSubmission();
    ChunkSizes sizes =
        chunkSize == null
            ? ChunkSizes.guided(workers(), PARTS_PER_WORKER)
            : ChunkSizes.of(checked(chunkSize));
    long start = System.nanoTime();
    JobContext context = engine.context();
    Chunk.Function function = engine.functions().ofItems(task);
    int count = items.size();
    List<ItemBlock> chunks = encode(items, count, sizes, context);
    Submission submission = engine.submissionOfItems(options, task, count, start);
    MapResult<R> result =
        new MapResult<>(context, lease, task, submission, count, options.endsAtFirstFailure());
    engine.register(result, function.id());
    result.completeIfEmpty();
    engine.submitWhole(result, options, function, chunks);
    return result;
  }

  private static List<ItemBlock> encode(
      List<?> items, int count, ChunkSizes sizes, JobContext context) {
    List<ItemBlock> chunks = new ArrayList<>();
    Block.Writer block = new Block.Writer();
    for (int from = 0; from < count; ) {
      int to = from + sizes.next(count - from);
      int next = block.addItems(items, from, to, context.codec(), i -> new NumberedName("item", i));
      chunks.add(new ItemBlock(from, next - from, block.take()));
      from = next;
    }
    return chunks;
  }

  private <R extends @Nullable Object> ResultIterator<R> pull(
      TaskFunction task, Iterable<?> items, int chunkSize, boolean ordered) {
    engine.beginSubmission();
    long start = System.nanoTime();
    requireNonNull(items, "items");
    JobContext context = engine.context();
    Chunk.Function function = engine.functions().ofItems(task);
    int window = window(checked(chunkSize));
    return Imaps.start(
        context,
        task,
        engine.submissionOfItems(options, task, 0, start),
        lease,
        items,
        new Imaps.Shape(chunkSize, window, ordered),
        job -> engine.register(job, function.id()),
        (job, chunks) -> engine.submit(job, options, function, chunks));
  }

  private int window(int chunkSize) {
    long held = (long) workers() * CHUNKS_HELD_BY_WORKER * chunkSize;
    return (int) Math.min(Integer.MAX_VALUE, held + engine.settings().imapBuffer());
  }

  private static int checked(int chunkSize) {
    if (chunkSize < 1) {
      throw new IllegalArgumentException("chunkSize must be 1 or more: " + chunkSize);
    }
    return chunkSize;
  }

  /** A list is gone through once, and need not be copied if that takes its {@code get} no time. */
  private static List<?> list(Iterable<?> items) {
    return items instanceof List<?> list && list instanceof RandomAccess
        ? list
        : copy(items, "items");
  }

  private static List<?> copy(Iterable<?> items, String name) {
    List<Object> copy = new ArrayList<>();
    requireNonNull(items, name).forEach(copy::add);
    return copy;
  }

  private static List<?> copyOfCalls(Iterable<? extends Args> calls) {
    List<?> copy = copy(calls, "calls");
    for (int i = 0; i < copy.size(); i++) {
      if (copy.get(i) == null) {
        throw new NullPointerException("calls[" + i + "]");
      }
    }
    return copy;
  }

  @SuppressWarnings("unchecked") // applied to items of type A alone
  private static TaskFunction unary(SerializableFunction<?, ?> task) {
    return new TaskFunction.Unary(
        (SerializableFunction<@Nullable Object, ?>) requireNonNull(task, "task"));
  }

  @SuppressWarnings("unchecked") // applied to items of type Pair<A, B> alone
  private static TaskFunction binary(SerializableBiFunction<?, ?, ?> task) {
    return new TaskFunction.Binary(
        (SerializableBiFunction<@Nullable Object, @Nullable Object, ?>)
            requireNonNull(task, "task"));
  }

  @SuppressWarnings("unchecked") // applied to items of type Triple<A, B, C> alone
  private static TaskFunction ternary(SerializableTriFunction<?, ?, ?, ?> task) {
    return new TaskFunction.Ternary(
        (SerializableTriFunction<@Nullable Object, @Nullable Object, @Nullable Object, ?>)
            requireNonNull(task, "task"));
  }

  @Override
  public Pool with(TaskOptions chosen) {
    engine.requireCapable(requireNonNull(chosen, "options"));
    return new ProcessPool(engine, lease, chosen);
  }

  @Override
  public Optional<AsyncResult<?>> result(String id) {
    TaskId task = TaskId.parse(requireNonNull(id, "id"));
    return engine.result(task).flatMap(result -> part(result, task));
  }

  /** The handle of a task within that of its job. */
  private static Optional<AsyncResult<?>> part(AsyncResult<?> result, TaskId task) {
    if (task.item() == TaskId.ONLY) {
      return Optional.of(result);
    }
    return result instanceof MapResult<?> map && task.item() < map.size()
        ? Optional.of(map.item(task.item()))
        : Optional.empty();
  }

  @Override
  public PoolStats stats() {
    return engine.stats();
  }

  @Override
  public PoolReport report() {
    return engine.report();
  }

  @Override
  public int workers() {
    return engine.settings().sizing().max();
  }

  @Override
  public void shutdown() {
    engine.shutdown();
  }

  @Override
  public boolean isShutdown() {
    return engine.isShutdown();
  }

  @Override
  public void terminate() {
    engine.terminate();
  }

  @Override
  public void join() throws InterruptedException {
    engine.join();
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    return engine.join(requireNonNull(timeout, "timeout"));
  }

  @Override
  public void close() {
    shutdown();
    try {
      join();
    } catch (InterruptedException e) {
      terminate();
      Thread.currentThread().interrupt();
    }
  }
}
