package io.processpool.bench.chaos;

/**
 * One call of a task.
 *
 * @param number its number within the run
 * @param kind what it does
 * @param load what it carries: a text made of its number
 */
record Item(long number, ItemKind kind, String load) {
  private static final int BIG = 2_000_000;

  static Item of(long number, ItemKind kind) {
    return new Item(number, kind, kind == ItemKind.BIG_ARGUMENT ? bigText(number) : "");
  }

  /** Some 1 to 3 million characters, told by the number. */
  static String bigText(long number) {
    String part = number + ";";
    int length = BIG / 2 + (int) (number * 7919 % BIG);
    return part.repeat(length / part.length());
  }

  /** The task of maps and single calls. */
  static Answer run(Item item) throws Exception {
    Journal journal = Journal.ofThisWorker();
    int attempt = journal.begin(item.number);
    Answer answer = item.kind.run(item, attempt);
    journal.end(item.number);
    return answer;
  }

  /** The task of starmaps. */
  static Answer runAs(long number, ItemKind kind) throws Exception {
    return run(of(number, kind));
  }
}
