package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.spi.SlotTotals;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker says that it has done is believed only if it can be. */
class TotalsTest {
  private static final SlotTotals TOTALS = new SlotTotals(3, 1L << 40, 1000, 600, 400);

  @Test
  void totalsAreReadAsTheyWereWritten() throws WireException {
    byte[] bytes = Totals.encode(TOTALS);
    assertThat(Totals.decode(bytes, 0)).isEqualTo(TOTALS);
    byte[] behind = new byte[bytes.length + 5];
    System.arraycopy(bytes, 0, behind, 5, bytes.length);
    assertThat(Totals.decode(behind, 5)).isEqualTo(TOTALS);
  }

  @Test
  void totalsThatEndTooEarlyOrTooLateAreSeen() {
    byte[] bytes = Totals.encode(TOTALS);
    for (int length : new int[] {0, 1, bytes.length - 1, bytes.length + 1}) {
      byte[] other = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Totals.decode(other, 0))
          .isInstanceOf(WireException.class)
          .hasMessageContaining("totals");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 0, 0",
    "1, -1, 0, 0, 0",
    "1, 5, 6, 0, 0",
    "1, 5, -1, 0, 0",
    "1, 5, 5, -1, 0",
    "1, 5, 5, 0, -1",
    "1, 5, 5, 3, 3",
    "1, 9, -9223372036854775808, 1, 0",
    "1, 9223372036854775807, 9223372036854775807, 9223372036854775807, 1",
  })
  void totalsThatCannotBeAreSeen(long items, long busy, long measured, long reading, long writing) {
    Output out = new Output(64, -1);
    for (long number : new long[] {items, busy, measured, reading, writing}) {
      out.writeLong(number, true);
    }
    byte[] bytes = out.toBytes();
    assertThatThrownBy(() -> Totals.decode(bytes, 0))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("totals");
  }
}
