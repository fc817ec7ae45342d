package io.processpool.core.output;

import io.processpool.wire.PrintedPiece;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Tells the tagged pieces of a worker's standard error from what others print between them. For one
 * thread, but for the tag.
 */
final class PieceParser {
  private static final int OVERHEAD = PrintedPiece.TAG_LENGTH + PrintedPiece.HEADER_LENGTH;

  private final Receiver receiver;
  private volatile byte[] tag = {};
  private byte[] pending = {};

  /** Takes what is found. */
  interface Receiver {

    /** Something that is tagged. */
    void piece(PrintedPiece piece);

    /** Something that is not. */
    void other(byte[] bytes);
  }

  /**
   * Creates a parser that knows no tag yet.
   *
   * @param receiver takes what is found
   */
  PieceParser(Receiver receiver) {
    this.receiver = receiver;
  }

  /** What comes from now on may be tagged. */
  void expect(long tag) {
    this.tag = ByteBuffer.allocate(PrintedPiece.TAG_LENGTH).putLong(tag).array();
  }

  void parse(byte[] bytes, int length) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(pending.length + length);
    all.writeBytes(pending);
    all.write(bytes, 0, length);
    byte[] block = all.toByteArray();
    byte[] mark = tag;
    int untagged = 0;
    int next = find(mark, block, 0);
    while (next >= 0) {
      int end = endOfPiece(block, next);
      if (end == INCOMPLETE) {
        tellOthers(block, untagged, next);
        pending = Arrays.copyOfRange(block, next, block.length);
        return;
      }
      if (end == NO_PIECE) {
        next = find(mark, block, next + 1);
        continue;
      }
      tellOthers(block, untagged, next);
      int body = next + PrintedPiece.TAG_LENGTH;
      receiver.piece(PrintedPiece.decode(ByteBuffer.wrap(block, body, end - body).slice()));
      untagged = end;
      next = find(mark, block, end);
    }
    int kept = beginningOf(mark, block, untagged);
    tellOthers(block, untagged, block.length - kept);
    pending = Arrays.copyOfRange(block, block.length - kept, block.length);
  }

  /** There is no more. */
  void end() {
    tellOthers(pending, 0, pending.length);
    pending = new byte[0];
  }

  private static final int INCOMPLETE = -1;
  private static final int NO_PIECE = -2;

  private static int endOfPiece(byte[] block, int start) {
    if (block.length - start < OVERHEAD) {
      return INCOMPLETE;
    }
    int header = start + PrintedPiece.TAG_LENGTH;
    int length =
        PrintedPiece.length(ByteBuffer.wrap(block, header, PrintedPiece.HEADER_LENGTH).slice());
    if (length < 0) {
      return NO_PIECE;
    }
    return block.length - start - OVERHEAD < length ? INCOMPLETE : start + OVERHEAD + length;
  }

  private static int find(byte[] mark, byte[] block, int from) {
    for (int i = from; mark.length > 0 && i <= block.length - mark.length; i++) {
      if (block[i] == mark[0] && matches(mark, block, i, mark.length)) {
        return i;
      }
    }
    return -1;
  }

  /** How many bytes at the end may be the beginning of a tag. */
  private static int beginningOf(byte[] mark, byte[] block, int from) {
    for (int length = Math.min(mark.length - 1, block.length - from); length > 0; length--) {
      if (matches(mark, block, block.length - length, length)) {
        return length;
      }
    }
    return 0;
  }

  private static boolean matches(byte[] mark, byte[] block, int at, int length) {
    return Arrays.equals(mark, 0, length, block, at, at + length);
  }

  private void tellOthers(byte[] block, int from, int to) {
    if (from < to) {
      receiver.other(Arrays.copyOfRange(block, from, to));
    }
  }
}
