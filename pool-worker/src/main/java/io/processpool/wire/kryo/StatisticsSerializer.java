package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.LongSummaryStatistics;

/** The statistics of primitive streams, which are not Java-serialisable. */
final class StatisticsSerializer extends Serializer<Object> {

  @Override
  public void write(Kryo kryo, Output out, Object statistics) {
    if (statistics instanceof IntSummaryStatistics ints) {
      out.writeLong(ints.getCount());
      out.writeInt(ints.getMin());
      out.writeInt(ints.getMax());
      out.writeLong(ints.getSum());
    } else if (statistics instanceof LongSummaryStatistics longs) {
      out.writeLong(longs.getCount());
      out.writeLong(longs.getMin());
      out.writeLong(longs.getMax());
      out.writeLong(longs.getSum());
    } else {
      DoubleSummaryStatistics doubles = (DoubleSummaryStatistics) statistics;
      out.writeLong(doubles.getCount());
      out.writeDouble(doubles.getMin());
      out.writeDouble(doubles.getMax());
      out.writeDouble(doubles.getSum());
    }
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    long count = in.readLong();
    if (type == IntSummaryStatistics.class) {
      return new IntSummaryStatistics(count, in.readInt(), in.readInt(), in.readLong());
    }
    if (type == LongSummaryStatistics.class) {
      return new LongSummaryStatistics(count, in.readLong(), in.readLong(), in.readLong());
    }
    return new DoubleSummaryStatistics(count, in.readDouble(), in.readDouble(), in.readDouble());
  }
}
