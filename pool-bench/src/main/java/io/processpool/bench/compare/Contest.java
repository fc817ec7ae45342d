package io.processpool.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets the players of a bout take turns. */
final class Contest {
  private final Team team;
  private final int rounds;
  private final PrintStream err;

  Contest(Team team, int rounds, PrintStream err) {
    this.team = team;
    this.rounds = rounds;
    this.err = err;
  }

  List<Score> run(Bout bout) throws IOException, InterruptedException {
    List<Play> plays = bout.plays().stream().filter(play -> team.has(play.player())).toList();
    Map<String, Player> players = new LinkedHashMap<>();
    try {
      for (Play play : plays) {
        players.put(play.player(), team.call(play.player()));
      }
      for (Play play : plays) {
        warmUp(players.get(play.player()), play);
      }
      List<Map<String, Figures>> figures = new ArrayList<>();
      int count = bout.rounds() == 0 ? rounds : Math.min(rounds, bout.rounds());
      for (int i = 0; i < count; i++) {
        err.printf("%s: round %d of %d%n", bout.name(), i + 1, count);
        figures.add(round(players, plays));
      }
      return bout.rows().stream().map(row -> Score.of(row, figures)).toList();
    } finally {
      players.values().forEach(Player::close);
    }
  }

  private static void warmUp(Player player, Play play) throws IOException, InterruptedException {
    for (int i = 0; i < play.warmUps(); i++) {
      player.play(play.load());
    }
  }

  private static Map<String, Figures> round(Map<String, Player> players, List<Play> plays)
      throws IOException, InterruptedException {
    Map<String, Figures> round = new LinkedHashMap<>();
    for (Play play : plays) {
      round.put(play.player(), players.get(play.player()).play(play.load()));
    }
    return round;
  }
}
