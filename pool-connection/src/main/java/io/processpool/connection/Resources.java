package io.processpool.connection;

import java.io.Closeable;
import java.io.IOException;

/** Closes what nobody needs any more. */
final class Resources {

  private Resources() {}

  /** Closes a resource whose failure to do so, be it for want of memory, tells nobody anything. */
  static void close(Closeable resource) {
    try {
      resource.close();
    } catch (IOException | RuntimeException | Error e) {
      Log.debug("Could not close a resource", e);
    }
  }
}
