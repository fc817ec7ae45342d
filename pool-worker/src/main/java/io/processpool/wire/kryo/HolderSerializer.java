package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Immutable objects that hold one other. */
final class HolderSerializer extends LateSerializer<Object> {
  private final Kind kind;

  HolderSerializer(Kind kind) {
    this.kind = kind;
  }

  /** The classes, by how they come about. */
  enum Kind {
    OPTIONAL,
    SINGLETON,
    SINGLETON_LIST
  }

  @Override
  void writeParts(Kryo kryo, Output out, Object holder) {
    Object held =
        holder instanceof Optional<?> optional
            ? optional.orElse(null)
            : ((Collection<?>) holder).iterator().next();
    kryo.writeClassAndObject(out, held);
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    return make(GraphKryo.graphOf(kryo).readPartNow(kryo, in));
  }

  private Object make(@Nullable Object held) {
    return switch (kind) {
      case OPTIONAL -> Optional.ofNullable(held);
      case SINGLETON -> Collections.singleton(held);
      case SINGLETON_LIST -> Collections.singletonList(held);
    };
  }
}
