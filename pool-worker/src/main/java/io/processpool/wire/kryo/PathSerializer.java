package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Paths of the default file system as they are, all others by their URI. */
final class PathSerializer extends Serializer<Path> {

  @Override
  public void write(Kryo kryo, Output out, Path path) {
    boolean isDefault = path.getFileSystem() == FileSystems.getDefault();
    out.writeBoolean(isDefault);
    out.writeString(isDefault ? path.toString() : path.toUri().toString());
  }

  @Override
  public Path read(Kryo kryo, Input in, Class<? extends Path> type) {
    return in.readBoolean() ? Path.of(in.readString()) : Path.of(URI.create(in.readString()));
  }
}
