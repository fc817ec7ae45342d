package io.processpool.bench.compare;

import java.io.IOException;

/** Somebody who can play a load, round by round. */
interface Player {

  /**
   * Plays one round.
   *
   * @param load what to do, in the player's words
   * @return what was measured
   * @throws IOException if the player has failed
   */
  Figures play(String load) throws IOException, InterruptedException;

  /** Sends it home, whatever has become of it. */
  void close();
}
