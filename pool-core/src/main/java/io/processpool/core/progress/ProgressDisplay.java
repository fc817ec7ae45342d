package io.processpool.core.progress;

import io.processpool.Progress;
import java.io.PrintStream;

/** Shows progress where people look. For one thread. */
public final class ProgressDisplay {
  private final PrintStream target;
  private final int width;
  private int shown;

  /**
   * Creates a display.
   *
   * @param target where to show it
   * @param width how wide the line is that can be rewritten; 0 if none can
   */
  ProgressDisplay(PrintStream target, int width) {
    this.target = target;
    this.width = width;
  }

  /**
   * A display on standard output.
   *
   * @return the display
   */
  public static ProgressDisplay onStandardOutput() {
    return new ProgressDisplay(System.out, Terminal.isThere() ? Terminal.width() : 0);
  }

  /**
   * Shows how far it is.
   *
   * @param progress how far
   */
  public void show(Progress progress) {
    if (width == 0) {
      target.println(ProgressWords.sentence(progress));
    } else {
      rewrite(ProgressWords.bar(progress));
    }
  }

  private void rewrite(String line) {
    String visible = line.substring(0, Math.min(line.length(), width - 1));
    target.print("\r" + visible + " ".repeat(Math.max(0, shown - visible.length())));
    target.flush();
    shown = visible.length();
  }

  /** Goes on to the next line. */
  public void end() {
    if (shown > 0) {
      target.println();
    }
  }
}
