package io.processpool.bench.compare.side;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The loop of a player: a load in, figures out, until the input ends. */
final class Serving {

  private Serving() {}

  static void serve(Map<String, Load> loads) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<String> words = Arrays.asList(line.split(" ", -1));
      Load load = loads.get(words.get(0));
      if (load == null) {
        throw new IOException("No load " + words.get(0) + " among " + loads.keySet());
      }
      System.out.println(load.run(words.subList(1, words.size())));
    }
  }
}
