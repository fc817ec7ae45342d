package io.processpool.worker;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.function.SerializableRunnable;
import io.processpool.spi.Chunk;
import io.processpool.spi.CurrentTask;
import io.processpool.spi.Slot;
import io.processpool.spi.TaskId;
import io.processpool.wire.Block;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameReader;
import io.processpool.wire.FrameType;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.Recorder;
import io.processpool.wire.Session;
import io.processpool.wire.Welcome;
import io.processpool.wire.WireException;
import io.processpool.worker.log.WorkerLogging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A worker process after its handshake. One thread runs all user code, and the main thread sees to
 * it that what the parent sends is read meanwhile.
 */
final class Worker implements Reception.Desk {
  /** The name of the thread that runs tasks. */
  static final String TASKS = "pool-tasks";

  private final Welcome welcome;
  private final ClassLoader loader;
  private final Reception reception;
  private final FrameSender sender;
  private final HostProcess host;
  private final Map<Integer, byte[]> functions = new HashMap<>();
  private @Nullable ChunkRunner runner;
  private boolean finishing;

  Worker(
      Welcome welcome,
      ClassLoader loader,
      FrameReader reader,
      FrameSender sender,
      HostProcess host) {
    this.welcome = welcome;
    this.loader = loader;
    this.reception = new Reception(reader, this);
    this.sender = sender;
    this.host = host;
  }

  /** Serves the parent until the channel ends. */
  void serve() throws IOException {
    host.tell(sender);
    Thread tasks = new Thread(this::runTasks, TASKS);
    tasks.setContextClassLoader(loader);
    tasks.start();
    reception.serve();
  }

  @Override
  public boolean isIdle() {
    ChunkRunner created = createdRunner();
    return created != null && created.isIdle();
  }

  @Override
  public void wake() {
    ChunkRunner created = createdRunner();
    if (created != null) {
      created.wake();
    }
  }

  @Override
  public void accept(Frame frame) throws WireException {
    switch (frame.type()) {
      case FUNCTION -> functions.put((int) frame.id(), frame.payload());
      case CHUNK -> runner().submit(chunk(frame));
      case CANCEL -> runner().cancel(frame.id(), cancelMode(frame));
      case FORGET -> {
        functions.remove((int) frame.id());
        runner().forget((int) frame.id());
      }
      case FINISH -> finish();
      case INTERRUPT -> runner().interrupt(new Slot.Running(frame.id(), frame.first()));
      case DISOWN -> runner().disown(new Slot.Running(frame.id(), frame.first()));
      case SUSPEND -> suspend();
      case RESUME -> runner().resume();
      case LEVEL -> WorkerLogging.setLevel(frame);
      default -> throw new WireException("a parent does not send " + frame.type());
    }
  }

  private static Slot.Cancel cancelMode(Frame frame) throws WireException {
    String name = new String(frame.payload(), StandardCharsets.UTF_8);
    try {
      return Slot.Cancel.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new WireException("no way to cancel is called '" + name + "'");
    }
  }

  private Chunk chunk(Frame frame) throws WireException {
    int functionId = frame.first();
    byte[] function = functionId == 0 ? functions.remove(0) : functions.get(functionId);
    if (function == null) {
      throw new WireException(
          "chunk " + frame.id() + " names the function " + functionId + ", never sent");
    }
    int end = frame.count() < 1 ? -1 : Block.end(frame.payload(), frame.count());
    if (end < 0) {
      throw new WireException(
          String.format(
              "%d items of chunk %d do not fill its %d bytes",
              frame.count(), frame.id(), frame.payload().length));
    }
    Chunk.Function named = new Chunk.Function(functionId, function);
    byte[] assignment = Arrays.copyOfRange(frame.payload(), end, frame.payload().length);
    return new Chunk(frame.id(), named, frame.count(), frame.payload(), assignment);
  }

  private void suspend() throws WireException {
    runner().suspend();
    sender.send(FrameType.SUSPENDED, ThreadDump.ofThisProcess());
  }

  private Optional<TaskId> runningTask() {
    ChunkRunner created = createdRunner();
    return created == null ? Optional.empty() : created.runningTask();
  }

  private synchronized @Nullable ChunkRunner createdRunner() {
    return runner;
  }

  synchronized ChunkRunner runner() throws WireException {
    if (runner == null) {
      throw new WireException("work came before this worker was ready");
    }
    return runner;
  }

  private synchronized void finish() {
    finishing = true;
    if (runner != null) {
      runner.drain();
    }
  }

  /**
   * All that the thread for tasks does. Whatever goes wrong here must not leave a worker behind.
   */
  private void runTasks() {
    try {
      Session session = start();
      if (session != null) {
        sender.send(Frame.of(FrameType.READY, 0));
        runner().run();
        finish(session.finalizer());
      }
    } catch (Throwable e) {
      host.halt(ExitStatus.BROKEN, e);
    }
  }

  /** Reads the session and runs the initializer; {@code null} if that cannot be done. */
  private @Nullable Session start() {
    try {
      Recorder recorder = Recorder.open(Path.of(welcome.recorder()), welcome.recorderIdentity());
      Printing printing = Printing.start(welcome, this::runningTask, sender, host);
      Session session = Session.decode(welcome.session(), loader);
      create(session, recorder, printing);
      if (session.initializer() != null) {
        session.initializer().run();
      }
      return session;
    } catch (Throwable e) {
      Output failure = new Output(1024, -1);
      new PayloadCodec(loader, null).encodeFailure(e, failure);
      sender.send(Frame.of(FrameType.NOT_READY, failure.toBytes()));
      host.exit(ExitStatus.BROKEN);
      return null;
    }
  }

  private void create(Session session, Recorder recorder, Printing printing) {
    MemoryWatch memory =
        new MemoryWatch(welcome.maxMemory(), words -> sender.send(FrameType.WORN, words));
    ChunkRunner created =
        new ChunkRunner(
            session,
            new Workplace(
                welcome.workerId(),
                loader,
                reception,
                recorder,
                sender,
                WorkerLogging.diagnostics(),
                printing::endItem,
                memory::look));
    CurrentTask.tellThisProcess(created::currentTask);
    host.flushBeforeExit(created);
    synchronized (this) {
      runner = created;
      if (finishing) {
        created.drain();
      }
    }
  }

  private void finish(@Nullable SerializableRunnable finalizer) {
    if (finalizer != null) {
      try {
        finalizer.run();
      } catch (Throwable e) {
        LoggerFactory.getLogger(Worker.class).error("The finalizer of a worker failed", e);
      }
    }
    reception.rest();
    host.exit(0);
  }
}
