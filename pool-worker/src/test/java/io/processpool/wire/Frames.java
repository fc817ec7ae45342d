package io.processpool.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Frames as bytes. */
public final class Frames {

  private Frames() {}

  /** What one writer makes of them, from the first on. */
  public static byte[] written(Frame... frames) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(out);
    for (Frame frame : frames) {
      writer.write(frame);
    }
    writer.flush();
    return out.toByteArray();
  }
}
