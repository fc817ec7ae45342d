package io.processpool.core;

import com.esotericsoftware.kryo.kryo5.Kryo;
import io.processpool.AsyncResult;
import io.processpool.PoolException;
import io.processpool.PoolReport;
import io.processpool.PoolStartException;
import io.processpool.PoolStats;
import io.processpool.PoolTerminatedException;
import io.processpool.TaskOptions;
import io.processpool.WorkerLogs;
import io.processpool.WorkerOutput;
import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.core.concurrent.Nanos;
import io.processpool.core.concurrent.SerialCollector;
import io.processpool.core.history.PoolHistory;
import io.processpool.core.history.Submission;
import io.processpool.core.history.Timeline;
import io.processpool.core.log.DiagnosticContext;
import io.processpool.core.log.ForwardedLogs;
import io.processpool.core.nesting.Nesting;
import io.processpool.core.output.Outputs;
import io.processpool.core.report.Report;
import io.processpool.core.result.Callbacks;
import io.processpool.core.result.Decoders;
import io.processpool.core.result.JobContext;
import io.processpool.core.result.ResultArchive;
import io.processpool.core.result.SubmitSite;
import io.processpool.core.result.SubmitSites;
import io.processpool.core.schedule.ItemBlock;
import io.processpool.core.schedule.Job;
import io.processpool.core.schedule.PoolWatcher;
import io.processpool.core.schedule.RunningItem;
import io.processpool.core.schedule.Scheduler;
import io.processpool.core.schedule.SchedulerSettings;
import io.processpool.function.SerializableConsumer;
import io.processpool.spi.Backend;
import io.processpool.spi.BackendFactory;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.Chunk;
import io.processpool.spi.PoolSettings;
import io.processpool.spi.Serialization;
import io.processpool.spi.TaskId;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.Session;
import io.processpool.wire.TaskFunction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The life of a pool: which jobs it has, and how it ends.
 *
 * <p>The monitor guards state and jobs. It is taken before that of the scheduler, never after: what
 * the scheduler has to say comes by the collector thread. The engine knows nothing of the pool
 * object that users hold, so that one which they have lost can be told from one which they use.
 */
final class Engine implements JobContext.Control, PoolWatcher {
  private static final int FUNCTIONS_KEPT = 1000;
  private static final Duration CALLBACK_PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(5);
  private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final PoolSettings settings;
  private final Functions functions;
  private final Callbacks callbacks;
  private final SerialCollector collector;
  private final Decoders decoders;
  private final ScheduledExecutorService timer;
  private final ForwardedLogs logs = new ForwardedLogs();
  private final Outputs outputs;
  private final Backend backend;
  private final Scheduler scheduler;
  private final PendingLimit pending;

  /** A job whose submission ended with an error. */
  private volatile @Nullable Job abandoned;

  private final PoolHistory history;
  private final SubmitSites sites = new SubmitSites();
  private final JobContext context;

  private final JobTable jobs = new JobTable();

  /** The functions that are only a job's own, by the numbers of the jobs. */
  private final Map<Long, Integer> ownFunctions = new HashMap<>();

  private final ResultArchive archive;
  private final CompletableFuture<Void> firstStart = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private PoolState state = PoolState.RUNNING;
  private boolean pullingStopped;
  private final AtomicLong lastJob = new AtomicLong();
  private @Nullable PoolStartException whyFailed;

  Engine(PoolSettings settings, BackendFactory backends) {
    Nesting.check();
    this.settings = settings;
    SerializableConsumer<? super Kryo> customizer = customizer(settings.serialization());
    PayloadCodec codec =
        PayloadCodec.filtered(userClassLoader(), customizer, settings.resultFilter());
    this.functions = new Functions(codec, FUNCTIONS_KEPT);
    byte[] session =
        Session.encode(customizer, codec, settings.initializer(), settings.finalizer());
    this.backend =
        logs.tap(
            backends.create(
                new BackendSettings(settings.sizing().most(), session, settings.processes())));
    requireCapable(settings);
    this.callbacks = new Callbacks(settings.callbackExecutor());
    this.collector = new SerialCollector("pool-collector");
    this.decoders = new Decoders(settings.resultTimeout());
    this.timer = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("pool-timer"));
    this.outputs = new Outputs(settings.printing().mode(), settings.printing().listener());
    Timeline timeline = Timeline.fromNow();
    this.history = new PoolHistory(timeline, settings.memory().tasks());
    this.scheduler =
        new Scheduler(
            backend,
            new SchedulerSettings(
                settings.sizing(),
                Runtime.getRuntime().availableProcessors(),
                settings.maxStartFailures(),
                settings.cancelGrace(),
                settings.processes().stopTimeout()),
            collector,
            new TimerClock(timer),
            this,
            outputs,
            history.staff());
    this.archive = new ResultArchive(settings.memory().results());
    this.pending = new PendingLimit(settings.pending());
    this.context =
        new JobContext(codec, decoders, callbacks, history, timeline, settings.printing(), this);
  }

  /** Starts the workers and waits until one of them has answered. */
  void start() {
    try {
      scheduler.start();
      prepareSubmissions();
      firstStart.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      stopStarting();
      throw new PoolStartException(cause.getMessage(), cause.getCause());
    } catch (InterruptedException e) {
      stopStarting();
      Thread.currentThread().interrupt();
      throw new PoolStartException("Interrupted while the first worker was starting", e);
    } catch (RuntimeException | Error e) {
      stopStarting();
      throw e;
    }
  }

  /** Loads what the first task needs, while there is nothing to do but to wait. */
  private void prepareSubmissions() {
    TaskFunction.prepare(context.codec());
    var unused = DiagnosticContext.ofThisThread();
  }

  private void stopStarting() {
    terminate();
    boolean interrupted = Thread.interrupted();
    try {
      ended.await(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  JobContext context() {
    return context;
  }

  Functions functions() {
    return functions;
  }

  PoolSettings settings() {
    return settings;
  }

  /** Something is to be submitted. */
  void beginSubmission() {
    requireRunning();
    endAbandoned();
  }

  synchronized void requireRunning() {
    if (state != PoolState.RUNNING) {
      throw new IllegalStateException("Pool not running", whyFailed);
    }
  }

  /**
   * Checks that tasks can be run so.
   *
   * @throws UnsupportedOperationException if the backend cannot do what is asked of it
   */
  void requireCapable(TaskOptions options) {
    requireCapable(options.timeout().isEmpty(), Backend.Capability.KILL, "timeout");
  }

  private void requireCapable(PoolSettings settings) {
    WorkerOutput output = settings.printing().mode();
    try {
      requireCapable(
          settings.processes().maxMemory() == 0,
          Backend.Capability.LIMIT_MEMORY,
          "maxWorkerMemory");
      requireCapable(
          output == WorkerOutput.INHERIT,
          Backend.Capability.REDIRECT_OUTPUT,
          "output(" + output + ")");
      requireCapable(
          settings.processes().logs() == WorkerLogs.FORWARD,
          Backend.Capability.REDIRECT_LOGS,
          "logs");
    } catch (UnsupportedOperationException e) {
      backend.close();
      throw e;
    }
  }

  private void requireCapable(boolean notNeeded, Backend.Capability capability, String option) {
    if (!notNeeded && !backend.capabilities().contains(capability)) {
      throw new UnsupportedOperationException(
          "The backend of this pool cannot " + capability + ", which " + option + " needs");
    }
  }

  /** Takes a single task in, of which only so many may be under way. */
  void registerSingle(Job job) {
    pending.enter();
    try {
      register(job);
    } catch (RuntimeException | Error e) {
      pending.leave();
      throw e;
    }
  }

  /** Begins a job of one task, whose argument is written since some time. */
  Submission submissionOfTask(TaskOptions options, TaskFunction task, long writingSince) {
    long writing = System.nanoTime() - writingSince;
    return submission(TaskId.ONLY, options, task, writingSince, writing);
  }

  /** Begins a job of several tasks, whose arguments are written since some time. */
  Submission submissionOfItems(
      TaskOptions options, TaskFunction task, int size, long writingSince) {
    long writing = (System.nanoTime() - writingSince) / Math.max(1, size);
    return submission(0, options, task, writingSince, writing);
  }

  private Submission submission(
      int firstItem, TaskOptions options, TaskFunction task, long time, long writing) {
    Optional<String> label = options.label();
    return new Submission(
        lastJob.incrementAndGet(),
        firstItem,
        label.isPresent() ? label.get() : task.name(),
        DiagnosticContext.ofThisThread(),
        time,
        writing);
  }

  /** Where the calling thread submits a single task, some time after which it is called. */
  SubmitSite submitSite(TaskFunction task, long time) {
    return sites.here(task.task(), time, pending.underWay());
  }

  /** Takes a job of several tasks in, before its first chunk, with the function of its own. */
  synchronized void register(Job job, int functionId) {
    requireRunning();
    ownFunctions.put(job.number(), functionId);
    jobs.add(job);
  }

  private synchronized void register(Job job) {
    requireRunning();
    jobs.add(job);
  }

  /** Submits all items of a job that is registered. */
  void submitWhole(Job job, TaskOptions options, Chunk.Function function, List<ItemBlock> chunks) {
    boolean complete = false;
    try {
      history.submitted(job.size());
      submit(job, options, function, chunks);
      complete = true;
    } finally {
      if (!complete) {
        abandoned = job; // with no call, for which the stack may not suffice
      }
    }
  }

  /** Ends a job that nobody else may: all or part of it was never submitted. */
  private void endAbandoned() {
    Job job = abandoned;
    if (job != null) {
      job.end(new PoolException("It could not be submitted", null));
      abandoned = null;
    }
  }

  void submit(Job job, TaskOptions options, Chunk.Function function, List<ItemBlock> chunks) {
    scheduler.submit(job, options, function, chunks);
  }

  @Override
  public List<RunningItem> running(Job job) {
    return scheduler.running(job);
  }

  @Override
  public void cancel(Job job, boolean interrupt) {
    scheduler.cancel(job, interrupt);
  }

  @Override
  public void withdraw(Job job, int first, int count) {
    scheduler.withdraw(job, first, count).forEach(job::withdrawn);
  }

  @Override
  public void disown(Job job, int index, boolean interrupt) {
    scheduler.disown(job, index, interrupt);
  }

  @Override
  public void completed(Job job) {
    boolean wasRegistered = false;
    Integer ownFunction = null;
    try {
      synchronized (this) {
        wasRegistered = jobs.remove(job);
        ownFunction = ownFunctions.remove(job.number());
        if (job instanceof AsyncResult<?> result) {
          archive.add(job.number(), result);
        }
      }
    } finally { // the pool can end, even if there is no memory to keep the result in
      if (ownFunction != null) {
        scheduler.forget(ownFunction);
      } else if (wasRegistered) {
        pending.leave();
      }
      drainIfDone();
    }
  }

  Optional<AsyncResult<?>> result(TaskId id) {
    synchronized (this) {
      if (jobs.find(id.job()) instanceof AsyncResult<?> result) {
        return Optional.of(result);
      }
    }
    return archive.find(id.job());
  }

  PoolStats stats() {
    return history.stats(scheduler.running());
  }

  PoolReport report() {
    return new Report(stats(), history.tasks(), history.forgotten());
  }

  synchronized boolean isShutdown() {
    return state != PoolState.RUNNING;
  }

  void shutdown() {
    endAbandoned();
    synchronized (this) {
      if (state == PoolState.RUNNING) {
        state = PoolState.SHUT_DOWN;
      }
    }
    pending.lift();
    drainIfDone();
  }

  private void drainIfDone() {
    synchronized (this) {
      if (state != PoolState.SHUT_DOWN || !jobs.isEmpty()) {
        return;
      }
    }
    scheduler.drain();
  }

  void terminate() {
    end(() -> new PoolTerminatedException("The pool was terminated", null));
  }

  private void fail(PoolStartException first) {
    synchronized (this) {
      whyFailed = first;
    }
    end(() -> new PoolStartException("The pool has ended: " + first.getMessage(), first));
  }

  /** Ends every job, each with an exception of its own, and then the workers. */
  private void end(Supplier<PoolException> why) {
    synchronized (this) {
      if (state == PoolState.TERMINATED || ended.getCount() == 0) {
        return;
      }
      state = PoolState.TERMINATED;
      scheduler.runningJobs().forEach(Job::noteRunning);
      for (Job job : jobs.all()) {
        collector.execute(() -> job.end(why.get()));
      }
    }
    pending.lift();
    scheduler.stop();
    backend.terminate();
  }

  void join() throws InterruptedException {
    prepareToJoin();
    ended.await();
    callbacks.awaitAll(CALLBACK_PATIENCE);
    logs.awaitAll(LOG_PATIENCE);
    outputs.awaitAll(OUTPUT_PATIENCE);
  }

  boolean join(Duration timeout) throws InterruptedException {
    prepareToJoin();
    long nanos = Nanos.of(timeout);
    long deadline = System.nanoTime() + nanos;
    if (!ended.await(nanos, TimeUnit.NANOSECONDS)) {
      return false;
    }
    callbacks.awaitAll(shorter(CALLBACK_PATIENCE, deadline));
    logs.awaitAll(shorter(LOG_PATIENCE, deadline));
    outputs.awaitAll(shorter(OUTPUT_PATIENCE, deadline));
    return true;
  }

  private static Duration shorter(Duration patience, long deadline) {
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    return left.compareTo(patience) < 0 ? left : patience;
  }

  private void prepareToJoin() {
    List<Job> pulling;
    synchronized (this) {
      if (state == PoolState.RUNNING) {
        throw new IllegalStateException("The pool still accepts work: shutdown() comes first");
      }
      if (pullingStopped) {
        return;
      }
      pullingStopped = true;
      pulling = jobs.all();
    }
    pulling.forEach(Job::stopPulling);
  }

  @Override
  public void workerStarted() {
    firstStart.complete(null);
  }

  @Override
  public void startFailed(PoolStartException cause) {
    if (!firstStart.completeExceptionally(cause)) {
      // Not on this thread, for the place where a log goes may be blocked.
      DaemonThreads.startIfPossible(DaemonThreads.named("pool-start-failure", () -> warn(cause)));
    }
  }

  private static void warn(PoolStartException cause) {
    LoggerFactory.getLogger(Engine.class)
        .warn("A worker could not be started: {}", cause.getMessage(), cause.getCause());
  }

  @Override
  public void startsKeepFailing(PoolStartException first) {
    collector.execute(() -> fail(first));
  }

  @Override
  public void workersAreGone() {
    collector.execute(this::release);
  }

  /** By the collector, as the last thing that it does. */
  private void release() {
    backend.close();
    timer.shutdownNow();
    decoders.close();
    logs.close();
    outputs.close();
    collector.close();
    ended.countDown();
  }

  @SuppressWarnings("unchecked") // the class was compared
  private static @Nullable SerializableConsumer<? super Kryo> customizer(
      @Nullable Serialization serialization) {
    if (serialization == null) {
      return null;
    }
    if (serialization.serializer() != Kryo.class) {
      throw new IllegalArgumentException(
          "The serialiser to customize is "
              + Kryo.class.getName()
              + ", not "
              + serialization.serializer().getName());
    }
    return (SerializableConsumer<? super Kryo>) serialization.customizer();
  }

  private static ClassLoader userClassLoader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? Engine.class.getClassLoader() : context;
  }
}
