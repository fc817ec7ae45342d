package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.EnumSet;

/** By the enum's class and the names of the constants. */
@SuppressWarnings({"rawtypes", "unchecked"}) // the constants come untyped
final class EnumSetSerializer extends Serializer<EnumSet> {

  @Override
  public void write(Kryo kryo, Output out, EnumSet set) {
    EnumSet<?> example = set.isEmpty() ? EnumSet.complementOf(set) : set;
    if (example.isEmpty()) {
      throw new NotTravellingException("an EnumSet of an enum without constants has no class");
    }
    out.writeString(example.iterator().next().getDeclaringClass().getName());
    out.writeVarInt(set.size(), true);
    for (Object constant : set) {
      out.writeString(((Enum<?>) constant).name());
    }
  }

  @Override
  public EnumSet read(Kryo kryo, Input in, Class<? extends EnumSet> unused) {
    Class<?> type = GraphKryo.namesOf(kryo).find(in.readString());
    EnumSet set = EnumSet.noneOf((Class) type);
    int size = Counts.readElements(kryo, in);
    for (int i = 0; i < size; i++) {
      set.add(EnumSerializer.constant(type, in.readString()));
    }
    return set;
  }
}
