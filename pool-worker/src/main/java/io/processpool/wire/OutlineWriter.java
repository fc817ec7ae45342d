package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an outline, each text and each common frame only once. */
final class OutlineWriter {
  private final Output out;
  private final Map<String, Integer> texts = new HashMap<>();
  private StackTraceElement[] framesBefore = {};

  OutlineWriter(Output out) {
    this.out = out;
  }

  void write(FailureOutline outline) {
    out.writeVarInt(outline.nodes().size(), true);
    for (FailureOutline.Node node : outline.nodes()) {
      write(node);
    }
  }

  private void write(FailureOutline.Node node) {
    write(node.className());
    write(node.message());
    out.writeVarInt(node.cause(), false);
    out.writeVarInt(node.suppressed().length, true);
    for (int number : node.suppressed()) {
      out.writeVarInt(number, false);
    }
    StackTraceElement[] frames = node.frames();
    int common = common(frames, framesBefore);
    out.writeVarInt(common, true);
    out.writeVarInt(frames.length - common, true);
    for (int i = 0; i < frames.length - common; i++) {
      write(frames[i]);
    }
    framesBefore = frames;
  }

  /** How many frames at the bottom are the same; usually most, for an exception and its cause. */
  private static int common(StackTraceElement[] frames, StackTraceElement[] before) {
    int most = Math.min(frames.length, before.length);
    int common = 0;
    while (common < most
        && frames[frames.length - 1 - common].equals(before[before.length - 1 - common])) {
      common++;
    }
    return common;
  }

  private void write(StackTraceElement frame) {
    write(frame.getClassLoaderName());
    write(frame.getModuleName());
    write(frame.getModuleVersion());
    write(frame.getClassName());
    write(frame.getMethodName());
    write(frame.getFileName());
    out.writeVarInt(frame.getLineNumber(), false);
  }

  private void write(@Nullable String text) {
    if (text == null) {
      out.writeVarInt(0, true);
      return;
    }
    Integer known = texts.putIfAbsent(text, texts.size() + 1);
    out.writeVarInt(known == null ? texts.size() : known, true);
    if (known == null) {
      out.writeString(text);
    }
  }
}
