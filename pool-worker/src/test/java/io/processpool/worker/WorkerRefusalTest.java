package io.processpool.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.WorkerLogs;
import io.processpool.WorkerOutput;
import io.processpool.spi.TaskId;
import io.processpool.wire.Assignment;
import io.processpool.wire.Block;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameReader;
import io.processpool.wire.FrameType;
import io.processpool.wire.Frames;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.Recorder;
import io.processpool.wire.RecorderReader;
import io.processpool.wire.Session;
import io.processpool.wire.Welcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is told what is not in the protocol says so, and ends. */
@Timeout(60)
class WorkerRefusalTest {
  private static final PayloadCodec CODEC =
      new PayloadCodec(WorkerRefusalTest.class.getClassLoader(), null);

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final CountDownLatch ready = new CountDownLatch(1);
  private @Nullable ChunkRunner runner;
  private int status;
  @TempDir Path directory;
  private Path recorder;

  @BeforeEach
  void prepareRecorder() throws IOException {
    recorder = Files.createFile(directory.resolve("recorder"));
    Recorder.prepare(recorder);
  }

  @AfterEach
  void stop() {
    if (runner != null) {
      runner.stop();
    }
  }

  @Test
  void aChunkOfAFunctionThatWasNeverSent() throws Exception {
    assertRefused("the function 5, never sent", new Frame(FrameType.CHUNK, 1, 5, 1, block(1)));
  }

  @Test
  void aChunkThatComesTwice() throws Exception {
    Frame function = Frame.of(FrameType.FUNCTION, 5);
    Frame chunk = new Frame(FrameType.CHUNK, 1, 5, 1, block(1), assignment());
    assertRefused("chunk 1 came twice", function, Frame.of(FrameType.SUSPEND, 0), chunk, chunk);
  }

  @Test
  void aChunkThatIsNotWhole() throws Exception {
    Frame function = Frame.of(FrameType.FUNCTION, 5);
    assertRefused(
        "2 items of chunk 1 do not fill", function, new Frame(FrameType.CHUNK, 1, 5, 2, block(1)));
  }

  @Test
  void aChunkOfNobody() throws Exception {
    Frame function = Frame.of(FrameType.FUNCTION, 5);
    Frame chunk = new Frame(FrameType.CHUNK, 1, 5, 1, block(1));
    assertRefused("an assignment of 0 bytes", function, chunk);
  }

  @Test
  void aChunkOfNothing() throws Exception {
    Frame function = Frame.of(FrameType.FUNCTION, 5);
    assertRefused("0 items", function, new Frame(FrameType.CHUNK, 1, 5, 0, block(0)));
  }

  @Test
  void aWayToCancelThatThereIsNot() throws Exception {
    byte[] name = "GENTLY".getBytes(StandardCharsets.UTF_8);
    assertRefused("'GENTLY'", new Frame(FrameType.CANCEL, 1, 0, 0, name));
  }

  @Test
  void whatOnlyWorkersSend() throws Exception {
    assertRefused("does not send OUTCOMES", Frame.of(FrameType.OUTCOMES, 1));
  }

  @Test
  void whatIsNoFrame() throws Exception {
    serve(
        Frames.written(welcome()),
        "something else, and longer than a header".getBytes(StandardCharsets.UTF_8));
    assertThat(refusal()).contains("something else");
  }

  @Test
  void anotherBeginning() throws Exception {
    ready.countDown();
    serve(Frames.written(Frame.of(FrameType.RESUME, 0)), new byte[0]);
    assertThat(refusal()).contains("does not begin with RESUME");
  }

  @Test
  void aWorkerThatIsNotNeededBeforeItsWelcomeEndsWithoutAWord() throws Exception {
    WorkerChannel channel =
        new WorkerChannel(
            new ByteArrayInputStream(Frames.written(Frame.of(FrameType.FINISH, 0))), new Watched());
    assertThatThrownBy(() -> WorkerMain.serve(channel, new End())).isInstanceOf(Ended.class);
    assertThat(status).isZero();
  }

  @Test
  void aWelcomeThatCannotBeRead() throws Exception {
    ready.countDown();
    serve(Frames.written(Frame.of(FrameType.WELCOME, new byte[] {127, 0, 0, 0, 1})), new byte[0]);
    assertThat(refusal()).contains("a welcome of 5 bytes cannot be read");
  }

  private void assertRefused(String words, Frame... sent) throws Exception {
    Frame[] all = new Frame[sent.length + 1];
    all[0] = welcome();
    System.arraycopy(sent, 0, all, 1, sent.length);
    byte[] first = Frames.written(welcome());
    byte[] bytes = Frames.written(all);
    serve(first, Arrays.copyOfRange(bytes, first.length, bytes.length));
    assertThat(refusal()).contains(words);
  }

  /** Serves a parent that sends the second part to a worker that is ready. */
  private void serve(byte[] first, byte[] second) throws IOException {
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(first), new AfterReady(new ByteArrayInputStream(second)));
    try {
      WorkerMain.serve(new WorkerChannel(in, new Watched()), new End());
    } catch (Ended e) {
      assertThat(status).isEqualTo(ExitStatus.BROKEN);
    }
  }

  private String refusal() throws IOException {
    byte[] bytes;
    synchronized (told) {
      bytes = told.toByteArray();
    }
    FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes));
    String words = "";
    for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
      if (frame.type() == FrameType.REFUSED) {
        words += new String(frame.payload(), StandardCharsets.UTF_8);
      }
    }
    return words;
  }

  private Frame welcome() throws IOException {
    byte[] session = Session.encode(null, CODEC, null, null);
    String path = recorder.toString();
    try (RecorderReader reader = RecorderReader.open(recorder)) {
      Welcome welcome =
          new Welcome(
              List.of(),
              path,
              reader.identity(),
              0,
              1,
              WorkerOutput.DISCARD,
              WorkerLogs.OFF,
              session);
      return Frame.of(FrameType.WELCOME, welcome.encode());
    }
  }

  private static byte[] assignment() {
    return new Assignment(new TaskId(1, 0), 1, Map.of()).encode();
  }

  private static byte[] block(int items) {
    Block.Writer block = new Block.Writer();
    for (int i = 0; i < items; i++) {
      block.addValue(i, CODEC, "item");
    }
    return block.take();
  }

  /** What the parent hears. */
  private final class Watched extends OutputStream {
    private int frames;

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (told) {
        told.write(bytes, offset, length);
        frames++;
        if (frames == 2) {
          ready.countDown(); // HELLO, READY
        }
      }
    }
  }

  private final class AfterReady extends FilterInputStream {
    AfterReady(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      awaitReady();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      awaitReady();
      return super.read(bytes, offset, length);
    }

    private void awaitReady() throws IOException {
      try {
        assertThat(ready.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private static final class Ended extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final class End implements HostProcess {
    @Override
    public void exit(int with) {
      status = with;
      throw new Ended();
    }

    @Override
    public void halt(int with, @Nullable Throwable reason) {
      status = with;
      Thread.currentThread().setUncaughtExceptionHandler((thread, ended) -> {});
      throw new Ended();
    }

    @Override
    public void tell(FrameSender parent) {}

    @Override
    public void printTo(PrintStream out, PrintStream err) {}

    @Override
    public void flushBeforeExit(ChunkRunner created) {
      runner = created;
    }
  }
}
