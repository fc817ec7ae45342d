package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.core.output.PrintedLines;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameType;
import io.processpool.wire.FrameWriter;
import io.processpool.wire.WireException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is handed on of a channel, and until when. */
@Timeout(60)
class ChannelReaderTest {
  private final ByteArrayOutputStream channel = new ByteArrayOutputStream();
  private final FrameWriter writer = new FrameWriter(channel);
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  @Test
  void framesBehindBytesThatAreNoneAreHandedOnAsLate() throws Exception {
    say(FrameType.HELLO, FrameType.READY);
    channel.write("hello from native code".getBytes(StandardCharsets.US_ASCII));
    say(FrameType.OUTCOMES);
    channel.write("PP".getBytes(StandardCharsets.US_ASCII));
    say(FrameType.RETURNED);
    listen();
    assertThat(heard)
        .containsExactly("HELLO", "READY", "caught up", "breach", "late OUTCOMES", "late RETURNED");
  }

  @Test
  void nothingBehindAMissingFrameIsHandedOn() throws Exception {
    say(FrameType.HELLO, FrameType.READY);
    byte[] before = channel.toByteArray();
    say(FrameType.OUTCOMES);
    channel.reset();
    channel.write(before);
    say(FrameType.RETURNED, FrameType.OUTCOMES);
    listen();
    assertThat(heard).containsExactly("HELLO", "READY", "breach");
  }

  @Test
  void nothingIsHandedOnAfterTheEndThoughTheChannelStaysOpen() throws Exception {
    MemoryPipe pipe = new MemoryPipe();
    FrameWriter held = new FrameWriter(pipe.out);
    held.write(Frame.of(FrameType.HELLO, 0));
    held.flush();
    ChannelReader reader = new ChannelReader(new Channel(pipe.in), new Heard());
    reader.start();
    reader.finish();
    held.write(Frame.of(FrameType.READY, 0));
    held.flush();
    pipe.end();
    reader.finish();
    assertThat(heard).containsExactly("HELLO", "caught up");
  }

  @Test
  void whoWaitsForMoreIsToldSoWhateverHasComeOfIt() throws Exception {
    say(FrameType.HELLO, FrameType.READY);
    int whole = channel.size();
    say(FrameType.OUTCOMES);
    for (int part = 0; part < channel.size() - whole; part++) {
      MemoryPipe pipe = new MemoryPipe();
      ChannelReader reader = new ChannelReader(new Channel(pipe.in), new Heard());
      pipe.out.write(channel.toByteArray(), 0, whole + part);
      reader.start();
      await().untilAsserted(() -> assertThat(heard).containsExactly("HELLO", "READY", "caught up"));
      pipe.out.write(channel.toByteArray(), whole + part, channel.size() - whole - part);
      pipe.end();
      reader.finish();
      assertThat(heard).containsExactly("HELLO", "READY", "caught up", "OUTCOMES", "caught up");
      heard.clear();
    }
  }

  private void say(FrameType... types) throws IOException {
    for (FrameType type : types) {
      writer.write(Frame.of(type, 0));
    }
    writer.flush();
  }

  private void listen() {
    InputStream in = new ByteArrayInputStream(channel.toByteArray());
    ChannelReader reader = new ChannelReader(new Channel(in), new Heard());
    reader.start();
    reader.finish();
  }

  private final class Heard implements ChannelReader.Conversation {
    @Override
    public void accept(Frame frame) {
      heard.add(frame.type().name());
    }

    @Override
    public void caughtUp() {
      heard.add("caught up");
    }

    @Override
    public void acceptLate(Frame frame) {
      heard.add("late " + frame.type().name());
    }

    @Override
    public void breach(WireException what) {
      heard.add("breach");
    }

    @Override
    public void failed(Throwable why) {
      heard.add("failed");
    }
  }

  /** Nothing but a channel. */
  private record Channel(InputStream fromWorker, PrintedLines output) implements WorkerTransport {
    Channel(InputStream fromWorker) {
      this(fromWorker, new PrintedLines());
    }

    @Override
    public long pid() {
      return 1;
    }

    @Override
    public List<String> command() {
      return List.of();
    }

    @Override
    public OutputStream toWorker() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public boolean channelMayHaveNoise() {
      return false;
    }

    @Override
    public void readOutput() {}

    @Override
    public void kill() {}

    @Override
    public void endSoon() {}

    @Override
    public void awaitEnd() {}

    @Override
    public Remains remains() {
      return new Remains(pid(), Duration.ZERO, 0, List.of(), null);
    }
  }
}
