package io.processpool.worker;

import io.processpool.spi.Chunk;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.TaskFunction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Decodes each function that has a name once, however many chunks use it. */
final class FunctionCache {
  private final PayloadCodec codec;
  private final Map<Integer, TaskFunction> decoded = new ConcurrentHashMap<>();

  FunctionCache(PayloadCodec codec) {
    this.codec = codec;
  }

  /** Whatever goes wrong is in what is returned, and is tried again the next time. */
  ReadFunction read(Chunk.Function function) {
    try {
      return new ReadFunction(get(function), null);
    } catch (Throwable e) {
      return new ReadFunction(null, e);
    }
  }

  private TaskFunction get(Chunk.Function function) {
    if (function.id() == 0) {
      return TaskFunction.decode(function.bytes(), codec);
    }
    TaskFunction known = decoded.get(function.id());
    if (known == null) {
      known = TaskFunction.decode(function.bytes(), codec);
      decoded.put(function.id(), known);
    }
    return known;
  }

  void forget(int functionId) {
    decoded.remove(functionId);
  }
}
