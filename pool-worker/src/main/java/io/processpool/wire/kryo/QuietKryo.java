package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.minlog.Log;
import com.esotericsoftware.kryo.kryo5.util.Util;

/**
 * Lets Kryo load without printing: its logger writes to standard output, and its use of {@code
 * Unsafe} makes newer JDKs warn on standard error. Must be loaded before any other Kryo class.
 */
final class QuietKryo {
  private static final String UNSAFE = "kryo.unsafe";

  private static final boolean LOADED;

  static {
    Log.NONE();
    String users = System.getProperty(UNSAFE);
    System.setProperty(UNSAFE, "false");
    try {
      LOADED = !Util.isUnsafeAvailable() || users != null;
    } finally {
      if (users == null) {
        System.clearProperty(UNSAFE);
      } else {
        System.setProperty(UNSAFE, users);
      }
    }
  }

  private QuietKryo() {}

  /** Returns once Kryo is loaded. */
  static boolean load() {
    return LOADED;
  }
}
