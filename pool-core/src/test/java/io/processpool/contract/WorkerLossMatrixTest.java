package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.WorkerLostException;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever ends a worker, and whatever it is doing then: one item fails and the pool goes on. */
@WorkerProcesses
class WorkerLossMatrixTest {
  private final Pool pool;

  WorkerLossMatrixTest(Pool pool) {
    this.pool = pool;
  }

  @ParameterizedTest
  @CsvSource({
    "EXIT, READ",
    "EXIT, RUN",
    "EXIT, WRITE",
    "HALT, READ",
    "HALT, RUN",
    "HALT, WRITE",
    "KILL, READ",
    "KILL, RUN",
    "KILL, WRITE"
  })
  void theItemFailsAlone(Death death, Moment moment) throws Exception {
    Deadly deadly = new Deadly(Processes.self(), death, moment);
    AsyncMapResult<Object> result =
        pool.mapAsync(WorkerLossMatrixTest::run, List.of("a", deadly, "b"), 3);
    List<Outcome<Object>> outcomes = result.outcomes();
    assertThat(outcomes).extracting(Outcome::successful).containsExactly(true, false, true);
    assertThat(((Outcome.Failure<Object>) outcomes.get(1)).exception())
        .isInstanceOf(WorkerLostException.class);
    int next = pool.apply(() -> 42);
    assertThat(next).isEqualTo(42);
  }

  private static Object run(Object item) {
    if (item instanceof Deadly deadly) {
      deadly.at(Moment.RUN);
    }
    return item;
  }

  /** How a worker dies. */
  enum Death {
    EXIT,
    HALT,
    KILL
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
          case EXIT -> System.exit(1);
          case HALT -> Runtime.getRuntime().halt(1);
          case KILL -> killThisProcess();
        }
      }
    }

    private static void killThisProcess() {
      try {
        new ProcessBuilder("kill", "-9", Long.toString(Processes.self())).start().waitFor();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
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
