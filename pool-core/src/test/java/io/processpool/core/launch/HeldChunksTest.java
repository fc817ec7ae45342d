package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.spi.Chunk;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotOutcomes;
import io.processpool.wire.Block;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.WireException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a worker says of its work must fit what it was given to do. */
class HeldChunksTest {
  private final PayloadCodec codec = new PayloadCodec(HeldChunksTest.class.getClassLoader(), null);
  private final HeldChunks held = new HeldChunks();

  @BeforeEach
  void give() {
    held.add(new Chunk(7, new Chunk.Function(0, new byte[0]), 4, new byte[0], new byte[0]), 0);
  }

  @Test
  void whatFitsIsTaken() throws WireException {
    held.outcomes(new SlotOutcomes(7, 0, 1, block(1)));
    held.outcomes(new SlotOutcomes(7, 1, 2, block(2)));
    assertThat(held.isEmpty()).isFalse();
    held.outcomes(new SlotOutcomes(7, 3, 1, block(1)));
    assertThat(held.isEmpty()).isTrue();
  }

  @Test
  void outcomesOfAChunkThatIsNotHeldAreSeen() {
    assertBreach(() -> held.outcomes(new SlotOutcomes(8, 0, 1, block(1))), "chunk 8");
  }

  @Test
  void outcomesOutOfOrderAreSeen() throws WireException {
    assertBreach(() -> held.outcomes(new SlotOutcomes(7, 1, 1, block(1))), "from item 1");
    held.outcomes(new SlotOutcomes(7, 0, 2, block(2)));
    assertBreach(() -> held.outcomes(new SlotOutcomes(7, 0, 2, block(2))), "from item 2 to 3");
  }

  @Test
  void outcomesOfNoItemsAndOfTooManyAreSeen() {
    for (int count : new int[] {0, -1, 5, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertBreach(() -> held.outcomes(new SlotOutcomes(7, 0, count, block(1))), "sent " + count);
    }
  }

  @Test
  void outcomesThatAreNotAsManyAsToldAreSeen() {
    assertBreach(() -> held.outcomes(new SlotOutcomes(7, 0, 2, block(1))), "do not fit");
  }

  @Test
  void itIsToldWhereOutcomesEnd() throws WireException {
    assertThat(held.outcomes(new SlotOutcomes(7, 0, 2, block(3)))).isEqualTo(block(2).length);
  }

  @Test
  void whatIsDoneDoesNotComeBack() throws WireException {
    held.cancel(7, Slot.Cancel.INTERRUPT);
    held.outcomes(new SlotOutcomes(7, 0, 4, block(4)));
    assertBreach(() -> held.returned(7), "chunk 7, which it has not");
    assertBreach(
        () -> held.outcomes(new SlotOutcomes(7, 4, 1, block(1))), "chunk 7, which it has not");
  }

  @Test
  void whatComesBackUnaskedIsSeen() throws WireException {
    held.outcomes(new SlotOutcomes(7, 0, 3, block(3)));
    assertBreach(() -> held.returned(7), "after 3 of 4");
    assertBreach(() -> held.returned(8), "chunk 8");
  }

  @Test
  void aChunkThatIsCancelledMayComeBack() throws WireException {
    held.outcomes(new SlotOutcomes(7, 0, 3, block(3)));
    held.cancel(7, Slot.Cancel.IF_NOT_STARTED);
    assertBreach(() -> held.returned(7), "after 3 of 4"); // it had started
    held.cancel(7, Slot.Cancel.NOT_STARTED_ITEMS);
    assertThatCode(() -> held.returned(7)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(value = Slot.Cancel.class, mode = EnumSource.Mode.EXCLUDE, names = "IF_NOT_STARTED")
  void whatHasStartedMayComeBackIfItWasToldTo(Slot.Cancel mode) throws WireException {
    held.outcomes(new SlotOutcomes(7, 0, 1, block(1)));
    held.cancel(7, mode);
    held.cancel(7, Slot.Cancel.IF_NOT_STARTED);
    assertThatCode(() -> held.returned(7)).doesNotThrowAnyException();
  }

  @Test
  void anItemIsOpenUntilItsOutcomeIsTold() throws WireException {
    assertThat(held.isOpen(new Slot.Running(7, 0))).isTrue();
    held.outcomes(new SlotOutcomes(7, 0, 1, block(1)));
    assertThat(held.isOpen(new Slot.Running(7, 0))).isFalse();
    assertThat(held.isOpen(new Slot.Running(7, 1))).isTrue();
    assertThat(held.isOpen(new Slot.Running(7, 4))).isFalse();
    assertThat(held.isOpen(new Slot.Running(8, 1))).isFalse();
  }

  private static void assertBreach(ThrowingCallable saying, String words) {
    assertThatThrownBy(saying).isInstanceOf(WireException.class).hasMessageContaining(words);
  }

  private byte[] block(int entries) {
    Block.Writer block = new Block.Writer();
    for (int i = 0; i < entries; i++) {
      block.addValue(i, codec, "value");
    }
    return block.take();
  }
}
