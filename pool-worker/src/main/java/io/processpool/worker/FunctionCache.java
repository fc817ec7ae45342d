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

  TaskFunction get(Chunk.Function function) {
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
