package io.processpool.connection;

import java.io.IOException;

/** The ways to connect. */
enum Transport {
  TCP,
  UNIX;

  /** The family as Python calls it. */
  String family() {
    return this == TCP ? "AF_INET" : "AF_UNIX";
  }

  Listener listen(ConnectionOptions options) throws IOException {
    return this == TCP ? Listener.open(Ends.loopback(), options) : Listener.open(options);
  }
}
