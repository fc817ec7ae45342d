package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Date;

/** Kryo's own cannot be linked where the {@code java.sql} module is missing. */
@SuppressWarnings("JavaUtilDate") // the users' choice
final class DateSerializer extends Serializer<Date> {

  @Override
  public void write(Kryo kryo, Output out, Date date) {
    out.writeLong(date.getTime());
  }

  @Override
  public Date read(Kryo kryo, Input in, Class<? extends Date> type) {
    return new Date(in.readLong());
  }
}
