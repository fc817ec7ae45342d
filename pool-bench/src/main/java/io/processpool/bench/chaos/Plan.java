package io.processpool.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what items do. */
final class Plan {
  private static final List<ItemKind> DEADLY =
      List.of(ItemKind.EXIT, ItemKind.HALT, ItemKind.CRASH, ItemKind.OUT_OF_MEMORY);
  private static final List<ItemKind> FAILING =
      List.of(ItemKind.THROW, ItemKind.THROW_UNCHECKED, ItemKind.OVERFLOW, ItemKind.UNSENDABLE);
  private static final List<ItemKind> SLOW = List.of(ItemKind.WORK, ItemKind.NAP);
  private static final List<ItemKind> BIG = List.of(ItemKind.BIG_RESULT, ItemKind.BIG_ARGUMENT);

  private final SplittableRandom random;

  Plan(SplittableRandom random) {
    this.random = random;
  }

  /** Items of all kinds that end by themselves, most of them quick. */
  List<ItemKind> mixed(int count) {
    List<ItemKind> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kinds.add(mixed());
    }
    return kinds;
  }

  private ItemKind mixed() {
    int choice = random.nextInt(1000);
    if (choice < 2) {
      return anyOf(DEADLY);
    } else if (choice < 6) {
      return anyOf(BIG);
    } else if (choice < 10) {
      return ItemKind.CHILD;
    } else if (choice < 30) {
      return ItemKind.PRINT;
    } else if (choice < 60) {
      return anyOf(FAILING);
    } else if (choice < 100) {
      return anyOf(SLOW);
    }
    return ItemKind.QUICK;
  }

  /** An item of any kind that ends by itself, more often one that fails or is deadly. */
  ItemKind daring() {
    int choice = random.nextInt(20);
    return choice == 0 ? anyOf(DEADLY) : choice < 3 ? anyOf(FAILING) : mixed();
  }

  /** Items that end by themselves, with some among them that do not. */
  List<ItemKind> withSome(List<ItemKind> endless, int count) {
    List<ItemKind> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kinds.add(random.nextInt(5) == 0 ? anyOf(endless) : anyOf(SLOW));
    }
    return kinds;
  }

  /** Items that may be tried again. */
  List<ItemKind> stubborn(int count) {
    List<ItemKind> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int choice = random.nextInt(20);
      kinds.add(choice == 0 ? anyOf(DEADLY) : choice < 3 ? ItemKind.HALT_ONCE : ItemKind.QUICK);
    }
    return kinds;
  }

  /** Items with much to carry. */
  List<ItemKind> big(int count) {
    List<ItemKind> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kinds.add(anyOf(BIG));
    }
    return kinds;
  }

  private ItemKind anyOf(List<ItemKind> kinds) {
    return kinds.get(random.nextInt(kinds.size()));
  }
}
