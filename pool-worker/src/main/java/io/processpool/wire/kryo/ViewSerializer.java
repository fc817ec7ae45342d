package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Objects;

/**
 * A wrapper travels with the very object it shows, so that a list and the unmodifiable view of it
 * stay connected.
 */
final class ViewSerializer extends LateSerializer<Object> {
  @Override
  @SuppressWarnings("EnumOrdinal") // both ends are the same version
  void writeParts(Kryo kryo, Output out, Object wrapper) {
    View view = Objects.requireNonNull(View.of(wrapper.getClass()));
    out.writeByte(view.ordinal());
    kryo.writeClassAndObject(out, SerialProbe.firstPart(wrapper));
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    View view = View.at(in.readByte());
    Object shown = GraphKryo.graphOf(kryo).readPartNow(kryo, in);
    return view.showing(Objects.requireNonNull(shown));
  }
}
