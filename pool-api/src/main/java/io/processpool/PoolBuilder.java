package io.processpool;

import static java.util.Objects.requireNonNull;

import io.processpool.function.SerializableConsumer;
import io.processpool.function.SerializableRunnable;
import io.processpool.spi.BackendFactory;
import io.processpool.spi.PoolSettings;
import io.processpool.spi.ProcessSettings;
import io.processpool.spi.Serialization;
import java.io.ObjectInputFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool to be created. Not safe for use by several threads; can be used for
 * several pools.
 *
 * <p>Every method throws {@link NullPointerException} for a parameter that is {@code null} and must
 * not be, and {@link IllegalArgumentException}, naming the value, for one that is not allowed.
 *
 * <pre>{@code
 * Pool pool =
 *     Pool.builder()
 *         .workers(4)
 *         .jvmArgs("-Xmx1g")
 *         .initializer(() -> System.setProperty("app.mode", "worker"))
 *         .maxTasksPerWorker(1000)
 *         .build();
 * }</pre>
 */
public final class PoolBuilder {
  private int workers = Runtime.getRuntime().availableProcessors();
  private @Nullable SerializableRunnable initializer;
  private @Nullable SerializableRunnable finalizer;
  private @Nullable Integer minWorkers;
  private int spareWorkers;
  private Duration idleTimeout = Duration.ofMinutes(1);
  private int maxTasksPerWorker;
  private @Nullable Duration maxWorkerAge;
  private long maxWorkerMemory;
  private int maxPending;
  private WhenFull whenFull = WhenFull.BLOCK;
  private Duration resultTimeout = Duration.ofMinutes(1);
  private @Nullable String resultFilter;
  private int maxStartFailures = 3;
  private int imapBuffer = 256;
  private Duration cancelGrace = Duration.ofSeconds(1);
  private @Nullable Executor callbackExecutor;
  private @Nullable Serialization serialization;
  private @Nullable Path javaHome;
  private List<String> jvmArgs = List.of();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private @Nullable Path workingDirectory;
  private @Nullable List<Path> classPath;
  private Duration startTimeout = Duration.ofMinutes(2);
  private Duration stopTimeout = Duration.ofSeconds(30);
  private WorkerOutput output = WorkerOutput.INHERIT;
  private int outputLimit = 1 << 16;
  private @Nullable OutputListener outputListener;
  private int rememberedTasks = 20_000;
  private int keptResults;
  private WorkerLogs logs = WorkerLogs.FORWARD;
  private @Nullable BackendFactory backend;

  PoolBuilder() {}

  /**
   * Sets the number of workers. Default: the processors available to this JVM.
   *
   * @param workers the number, 1 or more
   * @return this builder
   */
  public PoolBuilder workers(int workers) {
    this.workers = Checks.atLeastOne(workers, "workers");
    return this;
  }

  /**
   * Lets the pool shrink while there is little to do, and grow again up to {@link #workers} as
   * tasks come: a worker that was idle for the {@link #idleTimeout} ends, down to this number. The
   * pool starts with this number, but with at least one. Default: as many as {@link #workers}, so
   * that the size is fixed.
   *
   * @param workers the number, 0 or more, at most {@link #workers}
   * @return this builder
   */
  public PoolBuilder minWorkers(int workers) {
    this.minWorkers = Checks.notNegative(workers, "minWorkers");
    return this;
  }

  /**
   * Sets how long a worker beyond {@link #minWorkers} may be idle before it ends. Default: 1
   * minute.
   *
   * @param timeout the time, more than zero
   * @return this builder
   */
  public PoolBuilder idleTimeout(Duration timeout) {
    this.idleTimeout = Checks.positive(timeout, "idleTimeout");
    return this;
  }

  /**
   * Has so many workers started beyond {@link #workers}, initializer included, which only wait to
   * take the place of one that ends: a replacement is there at once then. Default: none.
   *
   * @param workers the number, 0 or more
   * @return this builder
   */
  public PoolBuilder spareWorkers(int workers) {
    this.spareWorkers = Checks.notNegative(workers, "spareWorkers");
    return this;
  }

  /**
   * Sets what each worker runs once before its first task. A worker whose initializer throws is not
   * used; see {@link #maxStartFailures}.
   *
   * @param initializer the action
   * @return this builder
   */
  public PoolBuilder initializer(SerializableRunnable initializer) {
    this.initializer = requireNonNull(initializer, "initializer");
    return this;
  }

  /**
   * Sets what each worker runs once at its orderly end, not when it is killed or dies.
   *
   * @param finalizer the action
   * @return this builder
   */
  public PoolBuilder finalizer(SerializableRunnable finalizer) {
    this.finalizer = requireNonNull(finalizer, "finalizer");
    return this;
  }

  /**
   * Has each worker replaced after so many items. Default: never.
   *
   * @param items the number of items, 1 or more
   * @return this builder
   */
  public PoolBuilder maxTasksPerWorker(int items) {
    this.maxTasksPerWorker = Checks.atLeastOne(items, "maxTasksPerWorker");
    return this;
  }

  /**
   * Has each worker replaced after so much time, counted from when it is ready, once it has run
   * what it runs then. Default: never.
   *
   * @param age the time, more than zero
   * @return this builder
   */
  public PoolBuilder maxWorkerAge(Duration age) {
    this.maxWorkerAge = Checks.positive(age, "maxWorkerAge");
    return this;
  }

  /**
   * Has a worker replaced, once it has run what it holds, whose heap holds more than this after a
   * garbage collection: a remedy for tasks that leak. It is looked at after each chunk, at most
   * once in a second. Not to be taken for the limit of the heap, which {@code -Xmx} sets and which
   * should be higher. Default: never.
   *
   * @param bytes the limit in bytes, 1 or more
   * @return this builder
   */
  public PoolBuilder maxWorkerMemory(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxWorkerMemory must be 1 byte or more: " + bytes);
    }
    this.maxWorkerMemory = bytes;
    return this;
  }

  /**
   * Limits how many tasks submitted by {@link Pool#applyAsync} may be under way, that is, not
   * complete; what becomes of one more is said by {@link #whenFull}. Default: any number.
   *
   * @param tasks the number, 1 or more
   * @return this builder
   */
  public PoolBuilder maxPending(int tasks) {
    this.maxPending = Checks.atLeastOne(tasks, "maxPending");
    return this;
  }

  /**
   * Sets what {@link Pool#applyAsync} does when {@link #maxPending} tasks are under way. Default:
   * {@link WhenFull#BLOCK}.
   *
   * @param choice the choice
   * @return this builder
   */
  public PoolBuilder whenFull(WhenFull choice) {
    this.whenFull = requireNonNull(choice, "whenFull");
    return this;
  }

  /**
   * Sets how long the reading of one result may take in this JVM, where it may run code of the
   * result's class. One that takes longer fails its task; its thread is interrupted and given up.
   * Default: 1 minute.
   *
   * @param timeout the time, more than zero
   * @return this builder
   */
  public PoolBuilder resultTimeout(Duration timeout) {
    this.resultTimeout = Checks.positive(timeout, "resultTimeout");
    return this;
  }

  /**
   * Sets which classes may come back from workers, as a pattern of {@link
   * ObjectInputFilter.Config#createFilter}. It is asked about every class in a result or an
   * exception before that class is initialised, however it was serialised, and about class objects,
   * enums, lambdas by the class they were written in, proxies by their interfaces, and arrays by
   * their elements. Text, primitives and their arrays always pass. Limits such as {@code maxarray}
   * and {@code maxdepth} count for each result by itself.
   *
   * <p>A result that is rejected fails its task with {@link TaskSerializationException}; an
   * exception that is rejected arrives as {@link RemoteTaskException}. What the pattern leaves
   * undecided passes, but for classes that are known from attacks on deserialisation, which a
   * pattern must allow if they are needed. The workers' Java-serialised results are also subject to
   * the system property {@code jdk.serialFilter}, if it is set.
   *
   * <pre>{@code
   * Pool.builder().resultFilter("maxarray=1000000;com.acme.**;java.base/java.**;!*");
   * }</pre>
   *
   * <p>Default: everything passes but for those classes.
   *
   * @param pattern the pattern
   * @return this builder
   */
  public PoolBuilder resultFilter(String pattern) {
    try {
      var unused = ObjectInputFilter.Config.createFilter(requireNonNull(pattern, "pattern"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "resultFilter is not a pattern of ObjectInputFilter: '" + pattern + "'", e);
    }
    this.resultFilter = pattern;
    return this;
  }

  /**
   * Sets how many failed starts of workers in a row end the pool, with the first failure, if it has
   * no other worker that takes work; as long as it has, it goes on with fewer, and goes on trying,
   * more and more slowly. A worker that somebody kills while it starts counts for a tenth. Default:
   * 3.
   *
   * @param failures the number, 1 or more
   * @return this builder
   */
  public PoolBuilder maxStartFailures(int failures) {
    this.maxStartFailures = Checks.atLeastOne(failures, "maxStartFailures");
    return this;
  }

  /**
   * Sets how many items an {@link Pool#imap imap} may pull ahead of its consumer, beyond two chunks
   * for each worker. Default: 256. With very short items, a worker takes up to 128 chunks at a time
   * if there are so many.
   *
   * @param items the number, 1 or more
   * @return this builder
   */
  public PoolBuilder imapBuffer(int items) {
    this.imapBuffer = Checks.atLeastOne(items, "imapBuffer");
    return this;
  }

  /**
   * Sets how long a task may go on after {@code cancel(true)} has interrupted it, before its worker
   * is killed. Default: 1 second.
   *
   * @param grace the time, zero or more
   * @return this builder
   */
  public PoolBuilder cancelGrace(Duration grace) {
    this.cancelGrace = Checks.notNegative(grace, "cancelGrace");
    return this;
  }

  /**
   * Sets what runs the callbacks. Default: a thread of the pool's own, which runs one after the
   * other in the order of completion.
   *
   * @param executor the executor
   * @return this builder
   */
  public PoolBuilder callbackExecutor(Executor executor) {
    this.callbackExecutor = requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Has a user's own registrations made with every serialiser, in this JVM and in the workers, in
   * the same order.
   *
   * <pre>{@code
   * Pool.builder().serialization(Kryo.class, kryo -> kryo.register(Money.class, new MoneySerializer()));
   * }</pre>
   *
   * @param serializer the class of the serialiser, that is {@code
   *     com.esotericsoftware.kryo.kryo5.Kryo}; {@link #build} refuses another
   * @param customizer called with each serialiser made
   * @param <S> the class of the serialiser
   * @return this builder
   */
  public <S> PoolBuilder serialization(
      Class<S> serializer, SerializableConsumer<? super S> customizer) {
    this.serialization =
        new Serialization(
            requireNonNull(serializer, "serializer"), requireNonNull(customizer, "customizer"));
    return this;
  }

  /**
   * Sets the Java installation that runs the workers, 17 or later. Default: this JVM's own.
   *
   * @param javaHome its directory
   * @return this builder
   */
  public PoolBuilder javaHome(Path javaHome) {
    this.javaHome = requireNonNull(javaHome, "javaHome");
    return this;
  }

  /**
   * Sets flags of the workers' JVMs. They come after the pool's own, and so prevail.
   *
   * @param args the flags, such as {@code -Xmx1g}
   * @return this builder
   */
  public PoolBuilder jvmArgs(String... args) {
    return jvmArgs(List.of(args));
  }

  /**
   * Sets flags of the workers' JVMs. They come after the pool's own, and so prevail.
   *
   * @param args the flags, such as {@code -Xmx1g}
   * @return this builder
   */
  public PoolBuilder jvmArgs(List<String> args) {
    this.jvmArgs = List.copyOf(args);
    return this;
  }

  /**
   * Sets a variable of the workers' environment, which otherwise is that of this process.
   *
   * @param name the name of the variable
   * @param value its value
   * @return this builder
   */
  public PoolBuilder environment(String name, String value) {
    if (requireNonNull(name, "name").isEmpty() || name.indexOf('=') >= 0) {
      throw new IllegalArgumentException("Not the name of an environment variable: '" + name + "'");
    }
    if (requireNonNull(value, "value").indexOf('\0') >= 0 || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("The environment takes no NUL: " + name + "=" + value);
    }
    environment.put(name, value);
    return this;
  }

  /**
   * Sets the directory that the workers start in. Default: that of this process.
   *
   * @param directory an existing directory
   * @return this builder
   */
  public PoolBuilder workingDirectory(Path directory) {
    if (!Files.isDirectory(requireNonNull(directory, "directory"))) {
      throw new IllegalArgumentException("workingDirectory is not a directory: " + directory);
    }
    this.workingDirectory = directory;
    return this;
  }

  /**
   * Sets where the workers find the user's classes. Default: the class path and module path of this
   * JVM, and that of the class loaders behind the calling thread's context class loader.
   *
   * @param entries jars and directories, which must exist
   * @return this builder
   */
  public PoolBuilder classPath(List<Path> entries) {
    for (Path entry : entries) {
      if (!Files.exists(entry)) {
        throw new IllegalArgumentException("classPath entry does not exist: " + entry);
      }
    }
    this.classPath = List.copyOf(entries);
    return this;
  }

  /**
   * Sets how long a worker may take from its start until it answers, not counting its initializer.
   * Default: 2 minutes, which is enough for hundreds of workers on a small machine.
   *
   * @param timeout the time, more than zero
   * @return this builder
   */
  public PoolBuilder startTimeout(Duration timeout) {
    this.startTimeout = Checks.positive(timeout, "startTimeout");
    return this;
  }

  /**
   * Sets how long a worker may take to end, finalizer and shutdown hooks included, before it is
   * killed: counted from when it has nothing left to run, has called {@code System.exit} or has
   * failed in its initializer or, at the end of the pool, from when every task is complete. A
   * cancelled task that still runs then is not waited for any longer. Default: 30 seconds.
   *
   * @param timeout the time, more than zero
   * @return this builder
   */
  public PoolBuilder stopTimeout(Duration timeout) {
    this.stopTimeout = Checks.positive(timeout, "stopTimeout");
    return this;
  }

  /**
   * Sets what becomes of what workers and their tasks print. Default: {@link WorkerOutput#INHERIT}.
   *
   * @param output the choice
   * @return this builder
   */
  public PoolBuilder output(WorkerOutput output) {
    this.output = requireNonNull(output, "output");
    return this;
  }

  /**
   * Sets how much is kept of what a task prints, with {@link WorkerOutput#CAPTURE}: of more, the
   * beginning and the end, with a note of what was cut. Default: 65,536 characters for each of the
   * two streams.
   *
   * @param characters the limit, 2 or more
   * @return this builder
   */
  public PoolBuilder outputLimit(int characters) {
    if (characters < 2) {
      throw new IllegalArgumentException("outputLimit must be 2 or more: " + characters);
    }
    this.outputLimit = characters;
    return this;
  }

  /**
   * Has each line that workers print handed to a listener: {@link WorkerOutput#FORWARD}. If {@link
   * #output} then asks for {@link WorkerOutput#CAPTURE}, those that are not kept with a task.
   *
   * @param listener told of each line
   * @return this builder
   */
  public PoolBuilder outputListener(OutputListener listener) {
    this.outputListener = requireNonNull(listener, "listener");
    return output(WorkerOutput.FORWARD);
  }

  /**
   * Sets of how many tasks that are over the pool remembers what is known of their runs, for its
   * {@linkplain Pool#stats insights}: times, sizes, workers, not arguments and results. One that
   * travels alone takes some 200 bytes, one in a large chunk some 10. Default: the last 20,000.
   *
   * @param tasks the number, 0 or more
   * @return this builder
   */
  public PoolBuilder rememberTasks(int tasks) {
    this.rememberedTasks = Checks.notNegative(tasks, "rememberTasks");
    return this;
  }

  /**
   * Sets how many handles that are complete the pool keeps, with their results, to be {@linkplain
   * Pool#result fetched again} by those who know their ids, although nobody else has them any more.
   * Default: none.
   *
   * @param results the number, 0 or more
   * @return this builder
   */
  public PoolBuilder keepResults(int results) {
    this.keptResults = Checks.notNegative(results, "keepResults");
    return this;
  }

  /**
   * Sets what becomes of what workers and their tasks log with SLF4J. Default: {@link
   * WorkerLogs#FORWARD}, it is logged in this JVM.
   *
   * <pre>{@code
   * Pool.builder().logs(WorkerLogs.OFF);
   * }</pre>
   *
   * @param logs the choice; with {@link #inline} only the default, which is what happens there by
   *     itself
   * @return this builder
   */
  public PoolBuilder logs(WorkerLogs logs) {
    this.logs = requireNonNull(logs, "logs");
    return this;
  }

  /**
   * Has the tasks run on threads of this JVM, with the same serialisation as between processes: for
   * debugging and for unit tests. Nothing is isolated then, and a task that ignores interrupts
   * cannot be stopped.
   *
   * @return this builder
   */
  public PoolBuilder inline() {
    return backend(settings -> Provider.get().inlineBackend(settings));
  }

  /**
   * Sets what runs the work. Default: child processes.
   *
   * @param backend makes the backend
   * @return this builder
   */
  public PoolBuilder backend(BackendFactory backend) {
    this.backend = requireNonNull(backend, "backend");
    return this;
  }

  /**
   * Creates the pool and starts its workers. Returns once the first of them has answered.
   *
   * @return a running pool
   * @throws PoolStartException if a worker cannot be started; none is left behind
   * @throws TaskSerializationException if the initializer, the finalizer or the customizer of the
   *     serialiser cannot travel
   * @throws IllegalArgumentException if settings contradict each other
   * @throws UnsupportedOperationException if the {@linkplain #backend backend} cannot do what is
   *     set
   * @throws IllegalStateException if no implementation is on the class path ({@code pool-core}), or
   *     if pools are nested too deep in workers
   */
  public Pool build() {
    return Provider.get()
        .create(
            new PoolSettings(
                sizing(),
                initializer,
                finalizer,
                maxStartFailures,
                imapBuffer,
                cancelGrace,
                new PoolSettings.Pending(maxPending, whenFull),
                resultTimeout,
                resultFilter,
                callbackExecutor,
                serialization,
                new PoolSettings.Printing(output, outputLimit, outputListener),
                new PoolSettings.Memory(rememberedTasks, keptResults),
                new ProcessSettings(
                    javaHome,
                    jvmArgs,
                    environment,
                    workingDirectory,
                    classPath,
                    startTimeout,
                    stopTimeout,
                    maxWorkerMemory,
                    output,
                    logs),
                backend));
  }

  private PoolSettings.Sizing sizing() {
    int min = minWorkers == null ? workers : minWorkers;
    if (min > workers) {
      throw new IllegalArgumentException(
          "minWorkers must not be more than workers, " + workers + ": " + min);
    }
    return new PoolSettings.Sizing(
        workers, min, spareWorkers, idleTimeout, maxTasksPerWorker, maxWorkerAge);
  }
}
