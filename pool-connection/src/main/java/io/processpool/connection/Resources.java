package io.processpool.connection;

import java.io.Closeable;
import java.io.IOException;

/** Closes what nobody needs any more. */
final class Resources {
  private static final System.Logger LOG = System.getLogger(Resources.class.getPackageName());

  private Resources() {}

  /** Closes a resource whose failure to do so tells nobody anything. */
  static void close(Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Could not close " + resource, e);
    }
  }
}
