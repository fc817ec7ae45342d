package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;

/** Kryo's own class resolver would also look into the loader of Kryo itself. */
final class GraphClassResolver extends DefaultClassResolver {
  private final ClassNames names;

  GraphClassResolver(ClassNames names) {
    this.names = names;
  }

  @Override
  @SuppressWarnings("rawtypes") // as declared by Kryo
  protected Class getTypeByName(String name) {
    return names.find(name);
  }
}
