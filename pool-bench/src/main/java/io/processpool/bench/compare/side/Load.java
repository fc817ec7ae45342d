package io.processpool.bench.compare.side;

import java.util.List;

/** Something that a player can do. */
interface Load {

  /**
   * Does it once.
   *
   * @param arguments what follows the load's name
   * @return figures, as {@code name=number} with spaces between
   */
  String run(List<String> arguments) throws Exception;
}
