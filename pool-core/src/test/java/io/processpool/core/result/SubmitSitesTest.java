package io.processpool.core.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Of very many tasks, some share the place where they were submitted, and say so. */
class SubmitSitesTest {
  private static final int FEW = 999;
  private static final int MANY = 1000;
  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(9);
  private static final long LATER = TimeUnit.MILLISECONDS.toNanos(11);
  private static final Object TASK = new Object();
  private static final Object OTHER_TASK = "another";

  private final SubmitSites sites = new SubmitSites();
  private final List<SubmitSite> held = new ArrayList<>();

  @Test
  void eachOfAFewHasItsOwn() {
    assertThat(isOwn(here(TASK, 0, FEW))).isTrue();
    assertThat(isOwn(here(TASK, 0, FEW))).isTrue();
  }

  @Test
  void ofManyThoseShareItThatFollowSoon() {
    SubmitSite first = here(TASK, 0, MANY);
    SubmitSite second = here(TASK, SOON, MANY);
    assertThat(isOwn(first)).isTrue();
    assertThat(isOwn(second)).isFalse();
    assertThat(here(TASK, SOON, MANY)).isSameAs(second);
    assertThat(behindTheMark(second)).containsExactlyElementsOf(behindTheMark(first));
  }

  @Test
  void oneThatComesLaterHasItsOwn() {
    here(TASK, 0, MANY);
    assertThat(isOwn(here(TASK, LATER, MANY))).isTrue();
  }

  @Test
  void anotherFunctionHasItsOwn() {
    here(TASK, 0, MANY);
    assertThat(isOwn(here(OTHER_TASK, 0, MANY))).isTrue();
    assertThat(isOwn(here(TASK, 0, MANY))).isTrue();
  }

  @Test
  void anotherThreadHasItsOwn() throws InterruptedException {
    here(TASK, 0, MANY);
    for (int i = 0; i < 20; i++) { // more than there are places for
      Thread thread = new Thread(() -> here(TASK, 0, MANY));
      thread.start();
      thread.join();
    }
    assertThat(held).allMatch(SubmitSitesTest::isOwn);
  }

  @Test
  void onlySoManyShareOne() {
    for (int i = 0; i < 64; i++) {
      here(TASK, 0, MANY);
    }
    assertThat(held).filteredOn(SubmitSitesTest::isOwn).hasSize(2);
  }

  private SubmitSite here(Object task, long now, int underWay) {
    SubmitSite site = sites.here(task, now, underWay);
    held.add(site);
    return site;
  }

  private static boolean isOwn(SubmitSite site) {
    String mark = frames(site).get(0).getMethodName();
    assertThat(mark)
        .isIn(
            "---- submitted to the pool by ----",
            "---- submitted to the pool shortly after a task submitted by ----");
    return mark.equals("---- submitted to the pool by ----");
  }

  private static List<StackTraceElement> behindTheMark(SubmitSite site) {
    List<StackTraceElement> frames = frames(site);
    return frames.subList(1, frames.size());
  }

  /** The frames that it adds to those of an exception. */
  private static List<StackTraceElement> frames(SubmitSite site) {
    Throwable failure = new Throwable();
    int own = failure.getStackTrace().length;
    List<StackTraceElement> all = List.of(site.addTo(failure).getStackTrace());
    return all.subList(own, all.size());
  }
}
