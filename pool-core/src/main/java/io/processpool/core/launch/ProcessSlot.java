package io.processpool.core.launch;

import io.processpool.PoolStartException;
import io.processpool.WorkerLoss;
import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.core.concurrent.Nanos;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.Chunk;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.wire.ExitStack;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameReader;
import io.processpool.wire.FrameType;
import io.processpool.wire.Hello;
import io.processpool.wire.ProtocolException;
import io.processpool.wire.Recorder;
import io.processpool.wire.Welcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One worker process and the conversation with it.
 *
 * <p>Three threads belong to a slot: a writer, a reader of what the worker prints, and a reader of
 * the channel. The last one lives as long as the worker and is the only one that speaks to the
 * listener. It alone decides how the slot ended, when the channel is at its end and the process is
 * gone: everybody else who wants an end only kills the process, so that there is one way out.
 *
 * <p>The monitor guards what the worker knows and holds.
 */
final class ProcessSlot implements Slot {
  private final WorkerProcess process;
  private final BackendSettings settings;
  private final List<URI> classPath;
  private final SlotListener listener;
  private final ScheduledExecutorService timer;
  private final FramePump pump;
  private final Path recorderFile;

  private final Set<Integer> knownFunctions = new HashSet<>();
  private final Set<Long> held = new HashSet<>();
  private boolean ready;
  private boolean finishing;
  private boolean killed;
  private @Nullable String killedBecause;
  private boolean brokeProtocol;
  private boolean greeted;
  private @Nullable List<StackTraceElement> exitStack;
  private @Nullable Throwable startFailure;
  private @Nullable Recorder recorder;
  private @Nullable Consumer<String> awaitingDump;

  ProcessSlot(
      WorkerProcess process,
      BackendSettings settings,
      List<URI> classPath,
      Path recorderFile,
      SlotListener listener,
      ScheduledExecutorService timer) {
    this.process = process;
    this.settings = settings;
    this.classPath = classPath;
    this.listener = listener;
    this.timer = timer;
    this.pump = new FramePump(process.toWorker(), () -> kill("it cannot be written to"));
    this.recorderFile = recorderFile;
  }

  ProcessSlot begin() {
    pump.start(process.pid());
    DaemonThreads.named("pool-worker-reader-" + process.pid(), this::converse).start();
    return this;
  }

  @Override
  public synchronized void submit(Chunk chunk) {
    Chunk.Function function = chunk.function();
    if (function.id() == 0 || knownFunctions.add(function.id())) {
      pump.send(new Frame(FrameType.FUNCTION, function.id(), 0, 0, function.bytes()));
    }
    held.add(chunk.id());
    pump.send(new Frame(FrameType.CHUNK, chunk.id(), function.id(), chunk.count(), chunk.items()));
  }

  @Override
  public void cancel(long chunkId, Cancel mode) {
    byte[] name = mode.name().getBytes(StandardCharsets.UTF_8);
    pump.send(new Frame(FrameType.CANCEL, chunkId, 0, 0, name));
  }

  @Override
  public synchronized Optional<Running> running() {
    long chunkId = recorder == null ? 0 : recorder.chunkId();
    return chunkId == 0 ? Optional.empty() : Optional.of(new Running(chunkId, recorder.item()));
  }

  @Override
  public void interrupt(Running item) {
    pump.send(new Frame(FrameType.INTERRUPT, item.chunkId(), item.item(), 0, new byte[0]));
  }

  @Override
  public synchronized void suspend(Consumer<String> whenSuspended) {
    awaitingDump = whenSuspended;
    pump.send(Frame.of(FrameType.SUSPEND, 0));
  }

  @Override
  public synchronized void resume() {
    awaitingDump = null;
    pump.send(Frame.of(FrameType.RESUME, 0));
  }

  @Override
  public synchronized void forget(int functionId) {
    if (knownFunctions.remove(functionId)) {
      pump.send(Frame.of(FrameType.FORGET, functionId));
    }
  }

  @Override
  public synchronized void close(Close mode) {
    if (mode == Close.NOW) {
      kill(null);
    } else if (!finishing) {
      finishing = true;
      pump.send(Frame.of(FrameType.FINISH, 0));
      limitTheEnd();
    }
  }

  /**
   * Kills the process, off the caller's thread, for looking up its children takes a while. Returns
   * whether nobody had done so before.
   */
  private synchronized boolean kill(@Nullable String reason) {
    if (killed) {
      return false;
    }
    killed = true;
    killedBecause = reason;
    DaemonThreads.named("pool-worker-killer-" + process.pid(), process::kill).start();
    return true;
  }

  /**
   * Kills a worker that cannot be talked to. Nobody might notice otherwise: its work runs again.
   */
  private void giveUp(String reason, Throwable cause) {
    if (kill(reason)) {
      LoggerFactory.getLogger(ProcessSlot.class)
          .warn("The worker with process id {} is killed: {}", process.pid(), reason, cause);
    }
  }

  private void limitTheEnd() {
    if (finishing && ready && held.isEmpty()) {
      long nanos = Nanos.of(settings.processes().stopTimeout());
      var unused = timer.schedule(() -> close(Close.NOW), nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** The life of the reader thread, and so of this slot. Whatever happens, it tells of its end. */
  private void converse() {
    SlotEnd end = unknownEnd();
    try {
      talkToTheEnd();
      end = end(process.awaitEnd());
    } finally {
      pump.stop();
      RecorderFiles.delete(recorderFile);
      listener.gone(end);
    }
  }

  private void talkToTheEnd() {
    try {
      talk();
    } catch (EOFException e) {
      // The worker died in the middle of a frame, which tells nothing of the reason.
    } catch (IOException e) {
      noteBreach();
      giveUp("it broke the protocol: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      giveUp("what it said cannot be taken: " + e, e);
    }
  }

  private void talk() throws IOException {
    FrameReader reader = new FrameReader(process.fromWorker());
    synchronized (this) {
      recorder = Recorder.open(recorderFile);
    }
    shakeHands(reader);
    for (Frame frame = read(reader); frame != null; frame = read(reader)) {
      accept(frame);
    }
  }

  private void shakeHands(FrameReader reader) throws IOException {
    var timeout = settings.processes().startTimeout();
    var limit =
        timer.schedule(
            () -> kill("it did not answer within " + timeout),
            Nanos.of(timeout),
            TimeUnit.NANOSECONDS);
    Frame first = reader.readPast(process.output());
    limit.cancel(false);
    if (first == null) {
      return;
    }
    if (first.type() != FrameType.HELLO) {
      throw new ProtocolException("A worker began with " + first.type());
    }
    greeted = true;
    Handshake.check(Hello.decode(first.payload()));
    listener.started();
    Welcome welcome = new Welcome(classPath, recorderFile.toString(), settings.session());
    pump.send(Frame.of(FrameType.WELCOME, welcome.encode()));
  }

  private @Nullable Frame read(FrameReader reader) throws IOException {
    return process.channelMayHaveNoise() ? reader.readPast(process.output()) : reader.read();
  }

  private void accept(Frame frame) throws IOException {
    switch (frame.type()) {
      case OUTCOMES -> listener.outcomes(frame.id(), frame.first(), frame.count(), frame.payload());
      case ENDED -> {
        ended(frame.id());
        listener.ended(frame.id());
      }
      case READY -> {
        RecorderFiles.delete(recorderFile);
        synchronized (this) {
          ready = true;
          limitTheEnd();
        }
        listener.ready();
      }
      case SUSPENDED -> suspended(new String(frame.payload(), StandardCharsets.UTF_8));
      case WORN -> listener.worn(new String(frame.payload(), StandardCharsets.UTF_8));
      case EXITING -> exitStack = ExitStack.decode(frame.payload());
      case NOT_READY -> startFailure = Handshake.decodeFailure(frame.payload());
      default -> throw new ProtocolException("A worker does not send " + frame.type());
    }
  }

  private void suspended(String dump) {
    Consumer<String> awaiting;
    synchronized (this) {
      awaiting = awaitingDump;
      awaitingDump = null;
    }
    if (awaiting != null) {
      awaiting.accept(dump);
    }
  }

  private synchronized void ended(long chunkId) {
    held.remove(chunkId);
    limitTheEnd();
  }

  private synchronized void noteBreach() {
    brokeProtocol = !killed;
  }

  private synchronized SlotEnd end(Remains remains) {
    if (killed && killedBecause == null) {
      return new SlotEnd.Closed();
    }
    LastSeen lastSeen = new LastSeen(greeted, exitStack, killedBecause, brokeProtocol);
    if (finishing && (!ready || held.isEmpty())) {
      return new SlotEnd.Closed();
    }
    WorkerLoss loss = Autopsy.of(remains, lastSeen);
    if (!ready && !wasKilledFromOutside(loss)) {
      return new SlotEnd.NotStarted(notStarted(loss));
    }
    long chunkId = recorder == null ? 0 : recorder.chunkId();
    int item = recorder == null ? 0 : recorder.item();
    return new SlotEnd.Lost(loss, chunkId, item);
  }

  /** In which case a worker that is not ready yet is no sign that others will not be. */
  private boolean wasKilledFromOutside(WorkerLoss loss) {
    return loss.reason() == WorkerLoss.Reason.KILLED && killedBecause == null;
  }

  private SlotEnd unknownEnd() {
    WorkerLoss loss =
        WorkerLoss.of(WorkerLoss.Reason.UNKNOWN, "what became of it cannot be told", process.pid())
            .build();
    return new SlotEnd.Lost(loss, 0, 0);
  }

  private PoolStartException notStarted(WorkerLoss loss) {
    if (startFailure != null) {
      return new PoolStartException(
          "A worker's initialization failed: " + startFailure + process.output().text(),
          startFailure);
    }
    return new PoolStartException(
        "A worker ended before it was ready: "
            + loss.explanation()
            + System.lineSeparator()
            + "  command: "
            + String.join(" ", process.command().words()),
        null);
  }
}
