package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.WorkerLoss;
import io.processpool.WorkerLostException;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a worker comes to, and whatever it is doing then: one item fails and the pool goes on.
 */
@WorkerProcesses
class WorkerLossMatrixTest {
  private final Pool pool;

  WorkerLossMatrixTest(Pool pool) {
    this.pool = pool;
  }

  @ParameterizedTest
  @CsvSource({
    "THROW, READ, io.processpool.TaskSerializationException",
    "THROW, RUN, java.lang.IllegalStateException",
    "THROW, WRITE, io.processpool.TaskSerializationException",
    "OVERFLOW, READ, io.processpool.TaskSerializationException",
    "OVERFLOW, RUN, java.lang.StackOverflowError",
    "OVERFLOW, WRITE, io.processpool.TaskSerializationException"
  })
  void whatIsThrownFailsTheItemAndCostsNoWorker(Death death, Moment moment, Class<?> expected)
      throws Exception {
    assertThat(failureOf(death, moment)).isExactlyInstanceOf(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "EXIT, READ, EXIT",
    "EXIT, RUN, EXIT",
    "EXIT, WRITE, EXIT",
    "HALT, READ, HALT",
    "HALT, RUN, HALT",
    "HALT, WRITE, HALT",
    "KILL, READ, KILLED",
    "KILL, RUN, KILLED",
    "KILL, WRITE, KILLED",
    "CRASH, READ, CRASH",
    "CRASH, RUN, CRASH",
    "CRASH, WRITE, CRASH",
    "OUT_OF_MEMORY, READ, OUT_OF_MEMORY",
    "OUT_OF_MEMORY, RUN, OUT_OF_MEMORY",
    "OUT_OF_MEMORY, WRITE, OUT_OF_MEMORY"
  })
  void whatEndsTheWorkerFailsTheItemWithTheReason(
      Death death, Moment moment, WorkerLoss.Reason expected) throws Exception {
    Throwable failure = failureOf(death, moment);
    assertThat(failure).isExactlyInstanceOf(WorkerLostException.class);
    WorkerLostException lost = (WorkerLostException) failure;
    assertThat(lost.loss().reason()).as(lost.getMessage()).isEqualTo(expected);
    assertThat(lost.itemIndex()).isEqualTo(1);
  }

  /** The failure of the second of three items. The others succeed, and the pool goes on. */
  private Throwable failureOf(Death death, Moment moment) throws Exception {
    Deadly deadly = new Deadly(Processes.self(), death, moment);
    AsyncMapResult<Object> result =
        pool.mapAsync(WorkerLossMatrixTest::run, List.of("a", deadly, "b"), 3);
    List<Outcome<Object>> outcomes = result.outcomes();
    assertThat(outcomes).extracting(Outcome::successful).containsExactly(true, false, true);
    int next = pool.apply(() -> 42);
    assertThat(next).isEqualTo(42);
    return ((Outcome.Failure<Object>) outcomes.get(1)).exception();
  }

  private static Object run(Object item) {
    if (item instanceof Deadly deadly) {
      deadly.at(Moment.RUN);
    }
    return item;
  }

  /** How a worker dies. */
  enum Death {
    THROW,
    OVERFLOW,
    EXIT,
    HALT,
    KILL,
    CRASH,
    OUT_OF_MEMORY
  }

  /** When a worker dies. */
  enum Moment {
    READ,
    RUN,
    WRITE
  }

  /** An item that ends every process but the one that made it. */
  public static final class Deadly implements Externalizable {
    @Serial private static final long serialVersionUID = 1L;

    private long maker;
    private Death death = Death.EXIT;
    private Moment moment = Moment.RUN;

    /** For the one who reads it. */
    public Deadly() {}

    Deadly(long maker, Death death, Moment moment) {
      this.maker = maker;
      this.death = death;
      this.moment = moment;
    }

    void at(Moment now) {
      if (now == moment && maker != Processes.self()) {
        switch (death) {
          case THROW -> throw new IllegalStateException("by intent");
          case OVERFLOW -> Deaths.overflow();
          case EXIT -> System.exit(1);
          case HALT -> Runtime.getRuntime().halt(1);
          case KILL -> Deaths.kill("KILL");
          case CRASH -> Deaths.crash();
          case OUT_OF_MEMORY -> Deaths.demandTooMuchMemory();
        }
      }
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      at(Moment.WRITE);
      out.writeLong(maker);
      out.writeObject(death);
      out.writeObject(moment);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
      maker = in.readLong();
      death = (Death) in.readObject();
      moment = (Moment) in.readObject();
      at(Moment.READ);
    }
  }
}
