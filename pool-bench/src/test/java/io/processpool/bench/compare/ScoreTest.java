package io.processpool.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final Row RATE =
      Row.moreIsBetter("rate", "items/s", new Reading("pool", "rate"))
          .peer(
              new Rival(
                  List.of(new Reading("fork", "rate"), new Reading("spawn", "rate")),
                  Bound.atLeast(2)))
          .limit(Rival.of("pipe", "rate", null));

  private static Map<String, Figures> round(double pool, double fork, double spawn, double pipe)
      throws IOException {
    return Map.of(
        "pool", Figures.parse("rate=" + pool),
        "fork", Figures.parse("rate=" + fork),
        "spawn", Figures.parse("rate=" + spawn),
        "pipe", Figures.parse("rate=" + pipe));
  }

  @Test
  void ratiosAreOfTheSameRoundAndOfItsBestPeer() throws IOException {
    Score score =
        Score.of(
            RATE, List.of(round(10, 5, 1, 20), round(100, 10, 20, 400), round(30, 10, 10, 30)));

    assertThat(score.ours()).isEqualTo(new Spread(30, 10, 100));
    assertThat(score.peer()).isEqualTo(new Spread(10, 5, 20));
    assertThat(score.toPeer()).isEqualTo(new Spread(3, 2, 5));
    assertThat(score.toLimit()).isEqualTo(new Spread(0.5, 0.25, 1));
    assertThat(score.met()).isTrue();
  }

  @Test
  void aRatioThatFallsShortIsSeen() throws IOException {
    assertThat(Score.of(RATE, List.of(round(10, 1, 6, 10))).met()).isFalse();
  }

  @Test
  void ofTimesTheShortestIsTheBest() throws IOException {
    Row time =
        Row.lessIsBetter("time", "ms", new Reading("pool", "rate"))
            .peer(
                new Rival(
                    List.of(new Reading("fork", "rate"), new Reading("spawn", "rate")),
                    Bound.atMost(1)));

    Score score = Score.of(time, List.of(round(4, 3, 5, 1)));

    assertThat(score.peer()).isEqualTo(new Spread(3, 3, 3));
    assertThat(score.met()).isFalse();
  }

  @Test
  void withoutThePeerNothingIsSaidOfIt() throws IOException {
    Score score =
        Score.of(
            RATE,
            List.of(Map.of("pool", Figures.parse("rate=1"), "pipe", Figures.parse("rate=2"))));

    assertThat(score.peer()).isNull();
    assertThat(score.toPeer()).isNull();
    assertThat(score.met()).isTrue();
  }

  @Test
  void toNothingThereIsNoRatio() throws IOException {
    Score score = Score.of(RATE, List.of(round(1, 1, 1, 0)));

    assertThat(score.toLimit()).isNull();
  }

  @Test
  void whatIsNoFigureIsRefused() {
    for (String answer : List.of("", "rate", "=1", "rate=much", "rate=1 and more")) {
      assertThatThrownBy(() -> Figures.parse(answer))
          .isInstanceOf(IOException.class)
          .hasMessage("No figures: " + answer);
    }
  }

  @Test
  void aDemandOnTheFigureItselfCounts() throws IOException {
    Row heap = Row.lessIsBetter("heap", "bytes", new Reading("pool", "rate"));

    assertThat(Score.of(heap.demand(Bound.atMost(300)), List.of(round(301, 1, 1, 1))).met())
        .isFalse();
    assertThat(Score.of(heap.demand(Bound.atMost(300)), List.of(round(300, 1, 1, 1))).met())
        .isTrue();
  }

  @Test
  void theMedianOfTwoIsBetweenThem() throws IOException {
    assertThat(Spread.of(List.of(4.0, 1.0))).isEqualTo(new Spread(2.5, 1, 4));
  }

  @Test
  void boundsReadLikeSentences() throws IOException {
    assertThat(Bound.atMost(0.25)).hasToString("≤ 0.25");
    assertThat(Bound.atLeast(10)).hasToString("≥ 10");
  }
}
