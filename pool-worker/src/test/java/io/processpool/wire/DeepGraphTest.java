package io.processpool.wire;

import static io.processpool.wire.Codecs.CODEC;
import static io.processpool.wire.Codecs.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Graphs that nest far more deeply than a stack does. */
class DeepGraphTest {
  private static final int DEPTH = 100_000;

  static class Node {
    @Nullable Node next;
    int number;
  }

  static class SelfWritten implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    @Nullable SelfWritten next;

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
    }
  }

  @Test
  void manyNodes() {
    Node first = new Node();
    Node last = first;
    for (int i = 1; i < DEPTH; i++) {
      last.next = new Node();
      last = last.next;
      last.number = i;
    }

    int count = 0;
    for (Node node = roundTrip(first); node != null; node = node.next) {
      assertThat(node.number).isEqualTo(count++);
    }
    assertThat(count).isEqualTo(DEPTH);
  }

  @Test
  void manyLists() {
    List<Object> outermost = new ArrayList<>();
    for (int i = 1; i < DEPTH; i++) {
      outermost = new ArrayList<>(Collections.singletonList(outermost));
    }

    int count = 1;
    for (List<?> list = roundTrip(outermost); !list.isEmpty(); list = (List<?>) list.get(0)) {
      count++;
    }
    assertThat(count).isEqualTo(DEPTH);
  }

  @Test
  void manyObjectsThatWriteThemselves() {
    SelfWritten first = new SelfWritten();
    for (int i = 1; i < DEPTH; i++) {
      SelfWritten before = new SelfWritten();
      before.next = first;
      first = before;
    }

    int count = 0;
    for (SelfWritten node = roundTrip(first); node != null; node = node.next) {
      count++;
    }
    assertThat(count).isEqualTo(DEPTH);
  }

  @Test
  void manyCauses() {
    Throwable failure = new IOException("0");
    StackTraceElement[] top = {failure.getStackTrace()[0]};
    for (int i = 1; i < 10_000; i++) {
      failure = new IOException(Integer.toString(i), failure);
      failure.setStackTrace(top);
    }
    PayloadCodec stranger = new PayloadCodec(Codecs.withoutTestClasses(), null);
    Throwable unreadable = new UnknownThere(failure);

    assertThat(causes(Codecs.roundTripFailure(CODEC, CODEC, failure))).isEqualTo(10_000);
    Throwable arrived = Codecs.roundTripFailure(CODEC, stranger, unreadable);
    assertThat(arrived).isInstanceOf(RemoteTaskException.class);
    assertThat(causes(arrived)).isEqualTo(10_001);
  }

  static class UnknownThere extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    UnknownThere(Throwable cause) {
      super(cause);
    }
  }

  private static int causes(Throwable failure) {
    int count = 0;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      count++;
    }
    return count;
  }

  @Test
  void anAlmostFullStackDoesNoLastingHarm() throws Exception {
    AtomicReference<Object> arrived = new AtomicReference<>();
    Thread thread = new Thread(null, () -> arrived.set(nested()), "small-stack", 256 * 1024);
    thread.start();
    thread.join();

    assertThat(arrived.get()).isEqualTo(new Late("deep"));
  }

  record Late(String text) {}

  /** Uses up the stack, then tries again from a little further up until it works. */
  @SuppressWarnings("InfiniteRecursion") // on purpose
  private static Object nested() {
    try {
      return nested();
    } catch (StackOverflowError full) {
      try {
        return roundTrip(new Late("deep"));
      } catch (TaskSerializationException stillFull) {
        throw new StackOverflowError();
      }
    }
  }

  @Test
  void anErrorDeepInsideIsStillReported() {
    Object innermost = new Object[] {new Thread()};
    for (int i = 0; i < 10_000; i++) {
      innermost = new Object[] {innermost};
    }
    Object outermost = innermost;

    assertThatThrownBy(() -> CODEC.encode(outermost, "argument"))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageStartingWith("argument cannot travel: java.lang.Thread at Object[][0][0]")
        .hasMessageEndingWith("is not serialisable");
  }
}
