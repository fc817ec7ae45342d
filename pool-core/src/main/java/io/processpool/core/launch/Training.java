package io.processpool.core.launch;

import io.processpool.core.output.PrintedLines;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.Chunk;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.ProcessSettings;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.SlotTotals;
import io.processpool.spi.TaskId;
import io.processpool.wire.Assignment;
import io.processpool.wire.Block;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.Session;
import io.processpool.wire.TaskFunction;
import io.processpool.worker.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with a worker that writes an archive of the classes that it has loaded. It is
 * that of a pool with any worker, about the work of a {@link Rehearsal}, so that all is loaded that
 * a worker needs until its first results are there.
 */
final class Training implements SlotListener {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** So that it is used twice, as the function of a map. */
  private static final int FUNCTION = 1;

  private final WorkerCommand command;
  private final Path part;
  private final BackendSettings settings;
  private final ScheduledExecutorService timer;
  private final PayloadCodec codec;
  private final List<?> items = Rehearsal.items();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final TimeLimit limit;
  private volatile @Nullable WorkerProcess process;
  private volatile @Nullable Slot slot;

  /**
   * Creates a training that has not begun.
   *
   * @param workers how the workers of the pool are started
   * @param part where to write the archive
   */
  Training(WorkerCommand workers, BackendSettings pool, Path part, ScheduledExecutorService timer) {
    ProcessSettings plain = plain(pool.processes());
    this.codec = new PayloadCodec(Rehearsal.class.getClassLoader(), null);
    byte[] session = Session.encode(null, codec, Rehearsal.initializer(), null);
    this.command = workers.with(plain, pool.slots());
    this.part = part;
    this.settings = new BackendSettings(pool.slots(), session, plain);
    this.timer = timer;
    this.limit = new TimeLimit(timer, LIMIT, this::stop);
  }

  /** Without what is the user's: flags, agents, classes. */
  private static ProcessSettings plain(ProcessSettings users) {
    Map<String, String> environment = new HashMap<>(users.environment());
    WorkerCommand.OPTION_VARIABLES.forEach(variable -> environment.put(variable, ""));
    return new ProcessSettings(
        users.javaHome(),
        List.of(),
        environment,
        null,
        List.of(),
        LIMIT,
        LIMIT,
        users.maxMemory(),
        users.output(),
        users.logs());
  }

  void start() throws IOException {
    Path recorderFile = RecorderFiles.create();
    try {
      List<String> flags = command.archive().flagsToMake(part);
      WorkerProcess started =
          WorkerProcess.start(command, command.toProcessBuilder(WorkerJar.locate(), flags));
      process = started;
      limit.set();
      ProcessSlot created =
          new ProcessSlot(0, started, settings, List.of(), recorderFile, this, timer);
      slot = created;
      created.begin();
    } catch (IOException | RuntimeException | Error e) {
      RecorderFiles.delete(recorderFile);
      stop();
      throw e;
    }
  }

  /** Kills the worker. */
  void stop() {
    WorkerProcess started = process;
    if (started != null) {
      started.kill();
    }
  }

  /**
   * Waits until the archive is written.
   *
   * @throws IOException if it is not
   */
  void await() throws IOException {
    try {
      gone.await();
    } catch (InterruptedException e) {
      stop();
      throw new IOException("Nobody waits for it", e);
    } finally {
      limit.lift();
    }
    Remains remains = process.remains();
    if (remains.exitStatus() != 0) {
      throw new IOException(
          "Its worker ended with status "
              + remains.exitStatus()
              + PrintedLines.shown(remains.lastOutput()));
    }
  }

  @Override
  public void started(SlotProcess process) {}

  /** The chunk goes twice, as the function is known the second time. */
  @Override
  public void ready() {
    submit(1);
    submit(2);
    slot.close(Slot.Close.DRAIN);
  }

  private void submit(long id) {
    Block.Writer block = new Block.Writer();
    items.forEach(item -> block.addValue(item, codec, "item"));
    byte[] function = new TaskFunction.Unary(Rehearsal.function()).encode(codec);
    Assignment assignment = new Assignment(new TaskId(id, 0), 1, Map.of("training", "archive"));
    slot.submit(
        new Chunk(
            id,
            new Chunk.Function(FUNCTION, function),
            items.size(),
            block.take(),
            assignment.encode()));
  }

  @Override
  public void outcomes(List<SlotOutcomes> outcomes) {}

  @Override
  public void worked(SlotTotals totals) {}

  @Override
  public void returned(long chunkId) {}

  @Override
  public void printed(PrintedLine line) {}

  @Override
  public void printedAside(PrintedLine line) {}

  @Override
  public void worn(String why) {}

  @Override
  public void gone(SlotEnd end) {
    gone.countDown();
  }
}
