package io.processpool.core.launch;

import io.processpool.PoolStartException;
import io.processpool.WorkerLoss;
import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.core.log.ForwardedLogs;
import io.processpool.core.output.PrintedLines;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.Chunk;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.TaskId;
import io.processpool.wire.ExitStack;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameType;
import io.processpool.wire.Hello;
import io.processpool.wire.PrintedPiece;
import io.processpool.wire.RecorderReader;
import io.processpool.wire.Totals;
import io.processpool.wire.Unsent;
import io.processpool.wire.Welcome;
import io.processpool.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One worker process and the conversation with it.
 *
 * <p>Four threads belong to a slot: a writer, a reader of what the worker prints, a reader of the
 * channel, and a keeper. The reader of the channel tells the listener what the worker says. The
 * keeper waits for the end of the process, and then of what that has started; lets the reader take
 * what is still in the channel, and silences it; and only then speaks to the listener itself. So
 * there is one speaker at a time, and the end comes last, however long somebody else may hold the
 * channel open. The keeper alone decides how the slot ended: everybody else who wants an end only
 * kills the process, so that there is one way out.
 *
 * <p>The monitor guards what the worker knows and holds. What the worker said of itself is written
 * by the reader alone, and read by the keeper once the reader is silent.
 */
final class ProcessSlot implements Slot, ChannelReader.Conversation, PrintedLines.Listener {
  private final int number;
  private final WorkerTransport process;
  private final BackendSettings settings;
  private final List<URI> classPath;
  private final SlotListener listener;
  private final FramePump pump;
  private final ChannelReader reader;
  private final Path recorderFile;
  private final TimeLimit startLimit;

  /** For a worker that is to end, or has said that it does: how it ends is certain by then. */
  private final TimeLimit endLimit;

  private final Set<Integer> knownFunctions = new HashSet<>();
  private final HeldChunks held = new HeldChunks();

  /** What is not told yet, since more has come already. Used by one thread at a time. */
  private List<SlotOutcomes> taken = new ArrayList<>();

  private boolean ready;
  private boolean finishing;
  private boolean killed;
  private @Nullable String killedBecause;
  private boolean breach;
  private boolean overdue;
  private boolean greeted;
  private @Nullable List<StackTraceElement> exitStack;
  private boolean worn;
  private @Nullable Throwable startFailure;
  private @Nullable RecorderReader recorder;

  /** Until the worker is greeted. By the reader, once that has started. */
  private @Nullable Handshake handshake;

  private long clockOffset;
  private long lastOutcomes = System.nanoTime();
  private @Nullable Consumer<String> awaitingDump;
  private int dumpsDue;

  ProcessSlot(
      int number,
      WorkerTransport process,
      BackendSettings settings,
      List<URI> classPath,
      Path recorderFile,
      SlotListener listener,
      ScheduledExecutorService timer) {
    this.number = number;
    this.process = process;
    this.settings = settings;
    this.classPath = classPath;
    this.listener = listener;
    this.pump = new FramePump(process.toWorker(), () -> kill("it cannot be written to"));
    this.reader = new ChannelReader(process, this);
    this.recorderFile = recorderFile;
    Duration startTimeout = settings.processes().startTimeout();
    this.startLimit =
        new TimeLimit(timer, startTimeout, () -> kill("it did not answer within " + startTimeout));
    this.endLimit = new TimeLimit(timer, settings.processes().stopTimeout(), this::endIsOverdue);
  }

  ProcessSlot begin() {
    process.output().tellTo(this);
    process.readOutput();
    DaemonThreads.named("pool-worker-keeper-" + process.pid(), this::keep).start();
    return this;
  }

  @Override
  public synchronized void submit(Chunk chunk) {
    if (killed) {
      held.add(chunk, 0);
      return; // it must not begin
    }
    Chunk.Function function = chunk.function();
    Frame items =
        new Frame(
            FrameType.CHUNK,
            chunk.id(),
            function.id(),
            chunk.count(),
            chunk.items(),
            chunk.assignment());
    if (function.id() == 0 || knownFunctions.add(function.id())) {
      pump.add(new Frame(FrameType.FUNCTION, function.id(), 0, 0, function.bytes()));
    }
    held.add(chunk, pump.add(items));
  }

  @Override
  public void flush(boolean here) {
    if (here) {
      pump.flushHere();
    } else {
      pump.flush();
    }
  }

  @Override
  public synchronized void cancel(long chunkId, Cancel mode) {
    held.cancel(chunkId, mode);
    byte[] name = mode.name().getBytes(StandardCharsets.UTF_8);
    pump.send(new Frame(FrameType.CANCEL, chunkId, 0, 0, name));
  }

  @Override
  public synchronized Optional<Running> running() {
    Optional<Running> running = recorder == null ? Optional.empty() : recorder.running();
    return running.isPresent() && held.isOpen(running.get()) ? running : Optional.empty();
  }

  @Override
  public synchronized Optional<Activity> activity() {
    return recorder == null
        ? Optional.empty()
        : recorder.activity().filter(activity -> held.isOpen(activity.item()));
  }

  @Override
  public void printedToChannel(PrintedLine line) {
    listener.printed(line);
  }

  @Override
  public void printedToErrorStream(PrintedLine line) {
    listener.printedAside(line);
  }

  @Override
  public synchronized Optional<TaskId> onlyTaskSince(long nanoTime) {
    Activity doing = activity().filter(activity -> activity.item().begun()).orElse(null);
    if (doing == null) {
      return Optional.empty();
    }
    boolean isFirst = doing.item().item() == 0 && held.isOldest(doing.item().chunkId());
    long began = doing.since() + clockOffset;
    long othersEnded = isFirst && lastOutcomes - began < 0 ? lastOutcomes : began;
    return othersEnded - nanoTime > 0 ? Optional.empty() : held.taskOf(doing.item());
  }

  @Override
  public void interrupt(Running item) {
    tellOf(item, FrameType.INTERRUPT);
  }

  @Override
  public void disown(Running item) {
    tellOf(item, FrameType.DISOWN);
  }

  private void tellOf(Running item, FrameType what) {
    pump.send(new Frame(what, item.chunkId(), item.item(), 0, new byte[0]));
  }

  @Override
  public synchronized void suspend(Consumer<String> whenSuspended) {
    awaitingDump = whenSuspended;
    dumpsDue++;
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
  public void setLevel(String logger, System.Logger.Level level) {
    byte[] name = logger.getBytes(StandardCharsets.UTF_8);
    pump.send(new Frame(FrameType.LEVEL, 0, level.getSeverity(), 0, name));
  }

  @Override
  public synchronized void close(Close mode) {
    if (mode == Close.NOW) {
      kill(null);
    } else if (!finishing) {
      finishing = true;
      pump.send(Frame.of(FrameType.FINISH, 0));
      limitTheEndIfDrained();
    }
  }

  /**
   * Kills the process, off the caller's thread if there are threads, for looking up its children
   * takes a while. Returns whether nobody had done so before.
   */
  private synchronized boolean kill(@Nullable String reason) {
    if (killed) {
      return false;
    }
    killed = true;
    killedBecause = reason;
    killProcess();
    return true;
  }

  private void killProcess() {
    DaemonThreads.startOrRun(
        DaemonThreads.named("pool-worker-killer-" + process.pid(), process::kill));
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

  private void limitTheEndIfDrained() {
    if (finishing && held.isEmpty()) {
      endLimit.set();
    }
  }

  private synchronized void endIsOverdue() {
    overdue = true;
    killProcess();
  }

  /** The life of this slot. Whatever happens, it tells of its end. */
  private void keep() {
    SlotEnd end = unknownEnd();
    try {
      talk();
      process.awaitEnd();
      reader.finish();
      process.output().endOfChannel();
      Remains remains = process.remains();
      takeUnsent();
      tellOutcomes();
      end = end(remains);
    } finally {
      startLimit.lift();
      endLimit.lift();
      pump.stop();
      closeRecorder();
      RecorderFiles.delete(recorderFile);
      listener.gone(end);
    }
  }

  private synchronized void talk() {
    try {
      recorder = RecorderReader.open(recorderFile);
      process.output().expect(recorder.identity());
      handshake = new Handshake(welcome(recorder.identity()));
      startLimit.set();
      pump.start(process.pid());
      reader.start();
    } catch (IOException | RuntimeException | Error e) {
      giveUp("it cannot be talked to: " + e, e);
    }
  }

  @Override
  public void breach(WireException what) {
    synchronized (this) {
      breach = !killed;
    }
    giveUp("it broke the protocol: " + what.getMessage(), what);
    tellOutcomes();
  }

  @Override
  public void failed(Throwable why) {
    String what =
        why instanceof IOException ? "its channel cannot be read" : "what it said cannot be taken";
    giveUp(what + ": " + why, why);
    tellOutcomes();
  }

  /** What the worker had done and could not send any more, now that it is dead. */
  private void takeUnsent() {
    List<Unsent> found;
    synchronized (this) {
      found = recorder == null ? List.of() : recorder.unsent();
    }
    found.forEach(this::takeUnsent);
    Optional<Unsent> last;
    synchronized (this) {
      last = recorder == null ? Optional.empty() : recorder.unsentOfRun(held::done);
    }
    last.ifPresent(this::takeUnsent);
  }

  private void takeUnsent(Unsent unsent) {
    try {
      takeOutcomes(
          new SlotOutcomes(unsent.chunkId(), unsent.first(), unsent.count(), unsent.outcomes()));
    } catch (WireException e) {
      // It was sent after all, or does not follow on what was: then it is of no use.
    }
  }

  private synchronized void closeRecorder() {
    if (recorder != null) {
      try {
        recorder.close();
      } catch (IOException e) {
        // There was nothing to write.
      }
    }
  }

  private Welcome welcome(long recorderIdentity) {
    return new Welcome(
        classPath,
        recorderFile.toString(),
        recorderIdentity,
        settings.processes().maxMemory(),
        number,
        settings.processes().output(),
        ForwardedLogs.inEffect(settings.processes().logs()),
        settings.session());
  }

  /**
   * Answers the greeting before anybody is told of it, who might close the slot: a worker that is
   * to finish instead of an answer ends without having run its initializer.
   */
  private void greet(Frame first, Handshake handshake) throws WireException {
    startLimit.lift();
    if (first.type() != FrameType.HELLO) {
      throw new WireException("a worker does not begin with " + first.type());
    }
    greeted = true;
    Hello hello = handshake.read(first);
    setClockOffset(Handshake.clockOffset(hello));
    pump.send(handshake.welcome());
    listener.started(new SlotProcess(process.pid(), clockOffset));
  }

  @Override
  public void accept(Frame frame) throws WireException {
    if (frame.type() != FrameType.OUTCOMES) {
      tellOutcomes();
    }
    Handshake due = handshake;
    handshake = null;
    if (due == null) {
      acceptNext(frame);
    } else {
      greet(frame, due);
    }
  }

  @Override
  public void caughtUp() {
    tellOutcomes();
  }

  /** Whatever has spoilt the channel: what was done before and told after that is done. */
  @Override
  public void acceptLate(Frame frame) {
    try {
      if (frame.type() == FrameType.OUTCOMES || frame.type() == FrameType.RETURNED) {
        accept(frame);
        tellOutcomes();
      }
    } catch (WireException e) {
      // It does not follow on what was told before.
    }
  }

  private void acceptNext(Frame frame) throws WireException {
    switch (frame.type()) {
      case OUTCOMES ->
          takeOutcomes(new SlotOutcomes(frame.id(), frame.first(), frame.count(), frame.payload()));
      case RETURNED -> {
        returned(frame.id());
        listener.returned(frame.id());
      }
      case READY -> {
        requireFirst(frame);
        RecorderFiles.delete(recorderFile);
        becomeReady();
        listener.ready();
      }
      case NOT_READY -> {
        requireFirst(frame);
        endLimit.set();
        startFailure = Handshake.decodeFailure(frame.payload());
      }
      case PRINTED -> process.output().add(PrintedPiece.decode(frame));
      case SUSPENDED -> suspended(frame);
      case WORN -> {
        require(isReady() && !worn, frame);
        worn = true;
        listener.worn(text(frame));
      }
      case EXITING -> {
        exitStack = ExitStack.decode(frame.payload());
        endLimit.set();
      }
      case LOG -> listener.logged(frame.payload());
      case LOGGER -> listener.loggerUsed(text(frame));
      case REFUSED -> throw new WireException("it refused what it was sent: " + text(frame));
      default -> throw new WireException("a worker does not send " + frame.type());
    }
  }

  /** Whether it is ready, a worker tells once. */
  private void requireFirst(Frame frame) throws WireException {
    require(!isReady() && startFailure == null, frame);
  }

  private static void require(boolean due, Frame frame) throws WireException {
    if (!due) {
      throw new WireException("a frame " + frame.type() + " was not due");
    }
  }

  private static String text(Frame frame) {
    return new String(frame.payload(), StandardCharsets.UTF_8);
  }

  /** The totals are told at once: they are to be known before what is new in them. */
  private void takeOutcomes(SlotOutcomes outcomes) throws WireException {
    int end = checked(outcomes);
    taken.add(outcomes);
    if (end < outcomes.outcomes().length) {
      listener.worked(Totals.decode(outcomes.outcomes(), end));
    }
  }

  private synchronized int checked(SlotOutcomes outcomes) throws WireException {
    int end = held.outcomes(outcomes);
    pump.hasRead(held.bytesRead());
    lastOutcomes = System.nanoTime();
    limitTheEndIfDrained();
    return end;
  }

  private void tellOutcomes() {
    if (!taken.isEmpty()) {
      List<SlotOutcomes> told = taken;
      taken = new ArrayList<>();
      listener.outcomes(told);
    }
  }

  private synchronized void setClockOffset(long nanos) {
    clockOffset = nanos;
  }

  private synchronized boolean isReady() {
    return ready;
  }

  private synchronized void becomeReady() {
    ready = true;
  }

  private void suspended(Frame frame) throws WireException {
    Consumer<String> awaiting = null;
    synchronized (this) {
      require(dumpsDue > 0, frame);
      dumpsDue--;
      if (dumpsDue == 0) {
        awaiting = awaitingDump;
        awaitingDump = null;
      }
    }
    if (awaiting != null) {
      awaiting.accept(text(frame));
    }
  }

  private synchronized void returned(long chunkId) throws WireException {
    held.returned(chunkId);
    limitTheEndIfDrained();
  }

  private synchronized SlotEnd end(Remains remains) {
    Optional<Running> running = running();
    boolean closed = killed && killedBecause == null;
    if ((closed && running.isEmpty()) || (finishing && (!ready || held.isEmpty()))) {
      return new SlotEnd.Closed();
    }
    String why = closed ? "the pool had no more use for it" : killedBecause;
    WorkerLoss loss = Autopsy.of(remains, new LastSeen(greeted, exitStack, why, breach, overdue));
    if (startFailure != null || (!ready && !wasKilledFromOutside(loss))) {
      return new SlotEnd.NotStarted(notStarted(loss));
    }
    OptionalLong since =
        activity().stream()
            .filter(doing -> doing.item().begun())
            .mapToLong(Activity::since)
            .findAny();
    return new SlotEnd.Lost(loss, running, since);
  }

  /** In which case a worker that is not ready yet is no sign that others will not be. */
  private boolean wasKilledFromOutside(WorkerLoss loss) {
    return loss.reason() == WorkerLoss.Reason.KILLED && killedBecause == null;
  }

  private SlotEnd unknownEnd() {
    WorkerLoss loss =
        WorkerLoss.of(WorkerLoss.Reason.UNKNOWN, "what became of it cannot be told", process.pid())
            .build();
    return new SlotEnd.Lost(loss, Optional.empty());
  }

  private PoolStartException notStarted(WorkerLoss loss) {
    if (startFailure != null) {
      return new PoolStartException(
          "A worker's initialization failed: "
              + startFailure
              + PrintedLines.shown(loss.lastOutput()),
          startFailure);
    }
    return new PoolStartException(
        "A worker ended before it was ready: "
            + loss.explanation()
            + System.lineSeparator()
            + "  command: "
            + String.join(" ", process.command()),
        null);
  }
}
