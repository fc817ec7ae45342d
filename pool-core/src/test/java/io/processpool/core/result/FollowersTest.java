package io.processpool.core.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who are told of a completion: each once, in order, and no more than are left. */
class FollowersTest {
  private final Followers<String> followers = new Followers<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void eachIsToldOnceInTheOrderInWhichTheyCame() {
    for (int i = 0; i < 100; i++) {
      int number = i;
      followers.add(how -> told.add(number + how.value()));
    }
    followers.tell(Completion.ofValue("!"));
    followers.tell(Completion.ofValue("?"));
    assertThat(told).hasSize(100).startsWith("0!", "1!").endsWith("98!", "99!");
  }

  @Test
  void oneThatFailsHurtsNoOther() {
    followers.add(
        how -> {
          throw new StackOverflowError("by intent");
        });
    followers.add(how -> told.add(how.value()));
    followers.tell(Completion.ofValue("value"));
    assertThat(told).containsExactly("value");
  }

  @Test
  void thoseThatAreGoneAreDroppedAndTheOthersAreToldInOrder() {
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      followers.add(i % 1_000 == 0 ? how -> told.add(number + "") : new Gone());
      assertThat(followers.size()).isLessThanOrEqualTo(40);
    }
    followers.tell(Completion.ofValue(""));
    assertThat(told)
        .containsExactly(
            "0", "1000", "2000", "3000", "4000", "5000", "6000", "7000", "8000", "9000");
  }

  /** One who was there once. */
  private static final class Gone implements Follower<String> {

    @Override
    public void completed(Completion<String> how) {}

    @Override
    public boolean isGone() {
      return true;
    }
  }
}
