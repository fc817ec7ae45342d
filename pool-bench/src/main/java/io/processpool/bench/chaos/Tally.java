package io.processpool.bench.chaos;

/** What is counted of items. */
enum Tally {
  SUBMITTED("items submitted"),
  COMPLETED("completed with their value"),
  LOST_WITH_WORKER("failed with a worker's loss"),
  TIMED_OUT("timed out"),
  CANCELLED("cancelled"),
  OWN_EXCEPTION("failed with their own exception"),
  TERMINATED("ended with a terminated pool"),
  LOST("lost"),
  DUPLICATED("duplicated"),
  WRONG("wrong");

  private final String words;

  Tally(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
