package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.processpool.AsyncMapResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.PoolBuilder;
import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableFunction;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import javax.management.BadAttributeValueExpException;
import org.junit.jupiter.api.Test;

/** Whatever workers send, only those classes are read that the user lets in. */
@EveryBackend(workers = 1)
class ResultFilterContractTest {
  private static final String HERE = ResultFilterContractTest.class.getName();
  private static final String MESSAGE =
      "class " + HERE + "$Blocked is rejected by the result filter";

  private final PoolKind kind;
  private final Pool unfiltered;

  ResultFilterContractTest(PoolKind kind, Pool unfiltered) {
    this.kind = kind;
    this.unfiltered = unfiltered;
  }

  record Blocked(int number) {}

  record Holder(Object held) {}

  private static final class BlockedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    BlockedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  @Test
  void aRejectedClassFailsItsItemAloneWhereverItIs() throws Exception {
    List<SerializableCallable<Object>> tasks =
        List.of(
            () -> new Blocked(1),
            () -> "fine",
            () -> new ArrayList<>(List.of(new Blocked(1))),
            () -> new Holder(new Blocked(1)),
            () -> new Holder("fine"),
            () -> new Object[] {new Blocked(1)},
            () -> capturing(new Blocked(1)),
            () -> new LinkedBlockingQueue<>(List.of(new Blocked(1))),
            () -> new Blocked[0],
            () -> Blocked.class);
    try (Pool pool = filtered("!" + HERE + "$Blocked*")) {
      AsyncMapResult<Object> result = pool.mapAsync(SerializableCallable::call, tasks, 10);
      List<Outcome<Object>> outcomes = result.outcomes();
      for (Outcome<Object> outcome : outcomes) {
        if (outcome.index() == 1 || outcome.index() == 4) {
          assertThat(outcome.successful()).isTrue();
        } else {
          assertThat(((Outcome.Failure<Object>) outcome).exception())
              .isInstanceOf(TaskSerializationException.class)
              .hasMessageStartingWith("result of item " + outcome.index() + " cannot be read: ")
              .hasMessageContaining(MESSAGE);
        }
      }
      assertThat(pool.apply(() -> new Holder(1))).isEqualTo(new Holder(1));
    }
  }

  @Test
  void aRejectedExceptionArrivesAsItsDescription() throws Exception {
    try (Pool pool = filtered("!" + HERE + "$Blocked*")) {
      Throwable failure =
          Results.failureOf(pool.applyAsync(ResultFilterContractTest::throwBlocked));
      assertThat(failure)
          .isInstanceOf(RemoteTaskException.class)
          .hasMessage(BlockedException.class.getName() + ": not for you");
      assertThat(failure.getStackTrace())
          .extracting(StackTraceElement::getMethodName)
          .contains("throwBlocked");
      assertThat(failure.getCause()).hasMessageContaining("the cause");
    }
  }

  @Test
  void argumentsAreTheParentsOwnAndNotFiltered() throws Exception {
    try (Pool pool = filtered("!*")) {
      Blocked argument = new Blocked(7);
      int number = pool.apply(Blocked::number, argument);
      assertThat(number).isEqualTo(7);
    }
  }

  @Test
  void aListOfWhatIsAllowedRejectsTheRest() throws Exception {
    try (Pool pool = filtered(HERE + "$Holder;java.base/java.util.*;!*")) {
      List<Holder> allowed = List.of(new Holder(new ArrayList<>(List.of(1))));
      SerializableFunction<Object, Object> same = x -> x;
      assertThat(pool.apply(same, allowed)).isEqualTo(allowed);
      assertThat(Results.failureOf(pool.applyAsync(same, new Holder(new Blocked(1)))))
          .isInstanceOf(TaskSerializationException.class)
          .hasMessageContaining(MESSAGE);
    }
  }

  @Test
  void arraysHaveALimit() throws Exception {
    try (Pool pool = filtered("maxarray=100")) {
      assertThat(pool.apply(() -> new int[100])).hasSize(100);
      assertThat(Results.failureOf(pool.applyAsync(() -> new int[101])))
          .isInstanceOf(TaskSerializationException.class)
          .hasMessageContaining("101 elements are rejected by the result filter 'maxarray=100'");
      assertThat(Results.failureOf(pool.applyAsync(() -> new Holder(new Object[101]))))
          .hasMessageContaining("101 elements are rejected");
    }
  }

  @Test
  void classesKnownFromAttacksNeedToBeAllowed() throws Exception {
    SerializableCallable<Object> gadget = () -> List.of(new BadAttributeValueExpException("x"));
    assertThat(Results.failureOf(unfiltered.applyAsync(gadget)))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining(
            "class javax.management.BadAttributeValueExpException is rejected by the safe default");
    assertThat(Results.failureOf(unfiltered.applyAsync(ResultFilterContractTest::throwGadget)))
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("javax.management.BadAttributeValueExpException");
    try (Pool pool = filtered("javax.management.*")) {
      assertThat((List<?>) pool.apply(gadget))
          .hasOnlyElementsOfType(BadAttributeValueExpException.class);
    }
  }

  @Test
  void whatIsNoPatternIsRefusedAtOnce() {
    PoolBuilder builder = kind.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.resultFilter("maxdepth=deep"))
        .withMessageContaining("'maxdepth=deep'");
  }

  private Pool filtered(String pattern) {
    return kind.builder().workers(1).resultFilter(pattern).build();
  }

  private static SerializableCallable<Object> capturing(Blocked blocked) {
    return () -> blocked;
  }

  private static Object throwBlocked() {
    throw new BlockedException("not for you", new IllegalStateException("the cause"));
  }

  private static Object throwGadget() throws Exception {
    throw new BadAttributeValueExpException("x");
  }
}
