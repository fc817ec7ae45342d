package io.processpool.wire;

import io.processpool.StandardStream;
import io.processpool.spi.TaskId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a worker has printed, and by whom. A line may come in several pieces, which have the
 * same thread.
 *
 * <p>Pieces travel on the channel, in order with the outcomes of their tasks; or on the worker's
 * standard error, between what others print there. There a piece is a tag, which is a random number
 * that the parent has chosen, then a header, then the bytes: short enough to be written in one
 * step, so that nothing comes between. On the channel a piece has no tag.
 *
 * @param task the task that runs; {@code null} for none
 * @param thread the id of the thread that prints
 * @param stream where it prints to
 * @param bytes what it prints, in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record PrintedPiece(
    @Nullable TaskId task, long thread, StandardStream stream, byte[] bytes) {

  /** Instead of the thread: the lines of all threads end that the item has begun. */
  public static final long ALL_THREADS = -1;

  /** How long the tag is, in bytes. */
  public static final int TAG_LENGTH = Long.BYTES;

  /** How long the header is, in bytes. */
  public static final int HEADER_LENGTH = 2 * Long.BYTES + Integer.BYTES + 1 + Short.BYTES;

  /** As many bytes as there can be with all of it written to a pipe in one step. */
  public static final int LONGEST = stepOfPipes() - TAG_LENGTH - HEADER_LENGTH;

  private static final int LONGEST_ANYWHERE = 4096;

  private static final long NO_JOB = 0;
  private static final byte OUT = 1;
  private static final byte ERR = 2;

  /** POSIX has a pipe take 512 bytes in one step, Linux as much as a page. */
  private static int stepOfPipes() {
    return System.getProperty("os.name", "").equals("Linux") ? LONGEST_ANYWHERE : 512;
  }

  /**
   * Writes this piece behind its tag.
   *
   * @param tag the tag
   * @return tag, header and bytes
   */
  public byte[] encode(long tag) {
    ByteBuffer piece = ByteBuffer.allocate(TAG_LENGTH + HEADER_LENGTH + bytes.length);
    piece.putLong(tag);
    piece.putLong(task == null ? NO_JOB : task.job()).putInt(task == null ? 0 : task.item());
    piece.putLong(thread);
    piece.put(stream == StandardStream.OUT ? OUT : ERR).putShort((short) bytes.length).put(bytes);
    return piece.array();
  }

  /**
   * Tells how many bytes follow a header.
   *
   * @param header a header, without its tag
   * @return the number; negative if it is no header
   */
  public static int length(ByteBuffer header) {
    int length = header.getShort(HEADER_LENGTH - Short.BYTES);
    int stream = header.get(HEADER_LENGTH - Short.BYTES - 1);
    return (stream == OUT || stream == ERR) && length <= LONGEST_ANYWHERE ? length : -1;
  }

  /**
   * Makes a frame of this piece.
   *
   * @return the frame
   */
  public Frame toFrame() {
    return Frame.of(FrameType.PRINTED, encode(0));
  }

  /**
   * Reads a piece that came by the channel.
   *
   * @param frame a {@link FrameType#PRINTED}
   * @return the piece
   * @throws WireException if it has none
   */
  public static PrintedPiece decode(Frame frame) throws WireException {
    byte[] payload = frame.payload();
    int body = payload.length - TAG_LENGTH;
    ByteBuffer piece =
        body < HEADER_LENGTH ? null : ByteBuffer.wrap(payload, TAG_LENGTH, body).slice();
    if (piece == null || length(piece) != body - HEADER_LENGTH) {
      throw new WireException("what was printed does not fill its " + payload.length + " bytes");
    }
    return decode(piece);
  }

  /**
   * Reads a piece.
   *
   * @param piece header and bytes, without the tag
   * @return the piece
   */
  public static PrintedPiece decode(ByteBuffer piece) {
    long job = piece.getLong();
    int item = piece.getInt();
    long thread = piece.getLong();
    StandardStream stream = piece.get() == OUT ? StandardStream.OUT : StandardStream.ERR;
    byte[] bytes = new byte[piece.getShort()];
    piece.get(bytes);
    TaskId task = job == NO_JOB ? null : new TaskId(job, item);
    return new PrintedPiece(task, thread, stream, bytes);
  }
}
