package io.processpool.wire;

import java.util.Arrays;

/**
 * Parts a block of items that this process has made itself. Parts are taken in order: each is
 * looked for from where the one before began. Not safe for use by several threads.
 */
public final class BlockParts {
  private final byte[] block;

  /** An entry, and which item is its first. */
  private int start;

  private int item;

  /**
   * Creates parts of a block, of which none is taken.
   *
   * @param block the block
   */
  public BlockParts(byte[] block) {
    this.block = block;
  }

  /**
   * Takes a part out.
   *
   * @param from the position of its first item
   * @param to the position behind its last item, of which it has at least one
   * @return a block of these items
   */
  public byte[] part(int from, int to) {
    if (from < item) {
      start = 0;
      item = 0;
    }
    while (from >= item + Block.items(block, start)) {
      pass();
    }
    int firstEntry = start;
    int firstItem = item;
    int lastEntry = start;
    int lastItem = item;
    while (to > lastItem + Block.items(block, lastEntry)) {
      lastItem += Block.items(block, lastEntry);
      lastEntry = Block.entryEnd(block, lastEntry);
    }
    if (lastEntry == firstEntry) {
      return entry(firstEntry, from - firstItem, to - firstItem);
    }
    return joined(
        entry(firstEntry, from - firstItem, Block.items(block, firstEntry)),
        Block.entryEnd(block, firstEntry),
        lastEntry,
        entry(lastEntry, 0, to - lastItem));
  }

  private void pass() {
    item += Block.items(block, start);
    start = Block.entryEnd(block, start);
  }

  /** Some or all items of an entry. */
  private byte[] entry(int entry, int from, int to) {
    int end = Block.entryEnd(block, entry);
    if (from == 0 && to == Block.items(block, entry)) {
      return Arrays.copyOfRange(block, entry, end);
    }
    int numbers = entry + Block.BEFORE_NUMBERS;
    int width = (end - numbers) / Block.items(block, entry);
    int length = Block.BEFORE_NUMBERS + (to - from) * width;
    byte[] part = new byte[length];
    System.arraycopy(
        block, numbers + from * width, part, Block.BEFORE_NUMBERS, (to - from) * width);
    Block.putRunHeader(part, 0, block[numbers - 1 - Integer.BYTES], to - from, length);
    return part;
  }

  private byte[] joined(byte[] first, int from, int to, byte[] last) {
    byte[] all = Arrays.copyOf(first, first.length + to - from + last.length);
    System.arraycopy(block, from, all, first.length, to - from);
    System.arraycopy(last, 0, all, first.length + to - from, last.length);
    return all;
  }
}
