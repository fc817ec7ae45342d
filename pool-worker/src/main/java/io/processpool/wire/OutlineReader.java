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
  private int framesLeft = FailureOutline.MOST_FRAMES;

  OutlineReader(Input in) {
    this.in = in;
  }

  FailureOutline read() {
    int count = readCount();
    Objects.checkIndex(0, count); // there is one at least
    List<FailureOutline.Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(readNode(count));
    }
    return new FailureOutline(nodes);
  }

  private FailureOutline.Node readNode(int nodes) {
    String className = Objects.requireNonNull(readText());
    String message = readText();
    int cause = readNumber(nodes);
    int[] suppressed = new int[readCount()];
    for (int i = 0; i < suppressed.length; i++) {
      suppressed[i] = readNumber(nodes);
    }
    int common = in.readVarInt(true);
    int own = readCount();
    Objects.checkIndex(common, framesBefore.length + 1);
    framesLeft = Objects.checkIndex(framesLeft - own - common, framesLeft + 1);
    StackTraceElement[] frames = new StackTraceElement[own + common];
    for (int i = 0; i < own; i++) {
      frames[i] = readFrame();
    }
    System.arraycopy(framesBefore, framesBefore.length - common, frames, own, common);
    framesBefore = frames;
    return new FailureOutline.Node(className, message, frames, cause, suppressed);
  }

  /** The number of a node, or {@link FailureOutline#NO_CAUSE}. */
  private int readNumber(int nodes) {
    return Objects.checkIndex(in.readVarInt(false) + 1, nodes + 1) - 1;
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

  /** A text that tells its length has a byte for each character at least. */
  private void checkLength() {
    if (in.readVarIntFlag()) {
      int start = in.position();
      int length = in.readVarIntFlag(true);
      Objects.checkIndex(length, in.limit() - in.position() + 2); // it is one more than the length
      in.setPosition(start);
    }
  }

  private @Nullable String readText() {
    int number = in.readVarInt(true);
    if (number == 0) {
      return null;
    }
    if (number > texts.size()) {
      checkLength();
      texts.add(in.readString());
    }
    return texts.get(number - 1);
  }
}
