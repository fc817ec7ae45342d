package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@link OutlineWriter} wrote. */
final class OutlineReader {
  private final Input in;
  private final List<String> texts = new ArrayList<>();
  private StackTraceElement[] framesBefore = {};

  OutlineReader(Input in) {
    this.in = in;
  }

  FailureOutline read() {
    int count = readCount();
    List<FailureOutline.Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(readNode());
    }
    return new FailureOutline(nodes);
  }

  private FailureOutline.Node readNode() {
    String className = Objects.requireNonNull(readText());
    String message = readText();
    int cause = in.readVarInt(false);
    int[] suppressed = new int[readCount()];
    for (int i = 0; i < suppressed.length; i++) {
      suppressed[i] = in.readVarInt(false);
    }
    int common = in.readVarInt(true);
    int own = readCount();
    Objects.checkIndex(common, framesBefore.length + 1);
    StackTraceElement[] frames = new StackTraceElement[own + common];
    for (int i = 0; i < own; i++) {
      frames[i] = readFrame();
    }
    System.arraycopy(framesBefore, framesBefore.length - common, frames, own, common);
    framesBefore = frames;
    return new FailureOutline.Node(className, message, frames, cause, suppressed);
  }

  private StackTraceElement readFrame() {
    return new StackTraceElement(
        readText(),
        readText(),
        readText(),
        Objects.requireNonNull(readText()),
        Objects.requireNonNull(readText()),
        readText(),
        in.readVarInt(false));
  }

  /** A count of things that take a byte each at least. */
  private int readCount() {
    int count = in.readVarInt(true);
    return Objects.checkIndex(count, in.limit() - in.position() + 1);
  }

  private @Nullable String readText() {
    int number = in.readVarInt(true);
    if (number == 0) {
      return null;
    }
    if (number > texts.size()) {
      texts.add(in.readString());
    }
    return texts.get(number - 1);
  }
}
