package io.processpool.core.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.TaskSerializationException;
import io.processpool.TaskStatus;
import io.processpool.WorkerOutput;
import io.processpool.core.history.Timeline;
import io.processpool.core.schedule.Attempt;
import io.processpool.core.schedule.Delivery;
import io.processpool.core.schedule.WorkerIdentity;
import io.processpool.spi.PoolSettings;
import io.processpool.wire.Block;
import io.processpool.wire.Figures;
import io.processpool.wire.PayloadCodec;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the thread that delivers results does with what a worker sends. */
class OutcomesTest {
  private static final byte PLAIN = 1;
  private static int readings;

  private final PayloadCodec codec = new PayloadCodec(OutcomesTest.class.getClassLoader(), null);
  private final List<Object> taken = new ArrayList<>();
  private final Outcomes outcomes =
      new Outcomes(
          new JobContext(
              codec,
              null,
              null,
              null,
              Timeline.fromNow(),
              new PoolSettings.Printing(WorkerOutput.INHERIT, 0, null),
              null),
          new SubmitSite(),
          new Taker());

  @BeforeEach
  void forgetReadings() {
    readings = 0;
  }

  /** Else a worker that was taken over could hold up all results. */
  @Test
  void whatIsOnlySaidToBePlainRunsNoCodeHere() {
    decode(1, new Watched(), 2, new Watched(), new Watched(), 3);
    assertThat(readings).isZero();
    assertThat(taken).hasSize(6);
    assertThat(taken).filteredOn(Integer.class::isInstance).containsExactly(1, 2, 3);
    assertThat(taken)
        .filteredOn(TaskSerializationException.class::isInstance)
        .hasSize(3)
        .first()
        .asString()
        .contains("result of item 11", "not as plain as was said");
  }

  /** Has values decoded that are all said to be plain. */
  private void decode(Object... values) {
    Block.Writer block = new Block.Writer();
    List<Integer> starts = new ArrayList<>();
    for (Object value : values) {
      starts.add(block.length());
      block.addValue(value, codec, "value");
      block.addFigures(new Figures(1, 1, 0, 0, 1, 1, false, null), null);
    }
    byte[] bytes = block.take();
    starts.forEach(start -> bytes[start] = PLAIN);
    Attempt attempt = new Attempt(new WorkerIdentity(1, 1, 0), 1, OptionalLong.empty(), null);
    outcomes.decode(new Delivery(attempt, 10, values.length, bytes, 1), run -> {});
  }

  private final class Taker implements Outcomes.Receiver {
    @Override
    public boolean isComplete() {
      return false;
    }

    @Override
    public TaskStatus value(int index, @Nullable Object value) {
      assertThat(index).isEqualTo(10 + taken.size());
      taken.add(value);
      return TaskStatus.SUCCEEDED;
    }

    @Override
    public TaskStatus failure(int index, Throwable failure) {
      assertThat(index).isEqualTo(10 + taken.size());
      taken.add(failure);
      return TaskStatus.FAILED;
    }
  }

  private static final class Watched implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      readings++;
    }
  }
}
