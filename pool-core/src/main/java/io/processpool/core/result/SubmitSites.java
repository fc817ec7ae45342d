package io.processpool.core.result;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where the single tasks of a pool are submitted. Safe for use by several threads.
 *
 * <p>A stack is large, and takes a while to look at. As long as not very many tasks are under way,
 * each has a site of its own. Beyond that, those have one in common that one thread submits in
 * quick succession, with the same function; all but the first of them say that it is that of the
 * first.
 */
public final class SubmitSites {
  private static final int MOST_APART = 1000;
  private static final int MOST_TOGETHER = 32;
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int THREADS = 16;

  private final AtomicReferenceArray<@Nullable Shared> last = new AtomicReferenceArray<>(THREADS);

  /** Creates sites of which none is known. */
  public SubmitSites() {}

  /**
   * The site of a task that the calling thread submits.
   *
   * @param task the user's function
   * @param now the time, as {@link System#nanoTime} tells it
   * @param underWay how many tasks are under way, more or less
   * @return the site
   */
  public SubmitSite here(Object task, long now, int underWay) {
    if (underWay < MOST_APART) {
      return new SubmitSite();
    }
    long thread = Thread.currentThread().getId();
    int place = (int) (thread % THREADS);
    Shared known = last.getPlain(place);
    SubmitSite shared = known == null ? null : known.site(thread, task.getClass(), now);
    if (shared != null) {
      return shared;
    }
    SubmitSite own = new SubmitSite();
    SubmitSite common = own.ofWhatFollows();
    last.setRelease(place, new Shared(common, thread, task.getClass(), now));
    return own;
  }

  /** A site that others may use, as long as a task does. It holds no class of the user's. */
  private static final class Shared {
    private final WeakReference<SubmitSite> site;
    private final long thread;
    private final WeakReference<Class<?>> type;
    private final long since;
    private int uses = 1;

    Shared(SubmitSite site, long thread, Class<?> type, long since) {
      this.site = new WeakReference<>(site);
      this.thread = thread;
      this.type = new WeakReference<>(type);
      this.since = since;
    }

    /** The site for a task that some thread submits; {@code null} if it needs another one. */
    @Nullable SubmitSite site(long thread, Class<?> type, long now) {
      boolean isMeant =
          this.thread == thread && this.type.refersTo(type) && now - since < SOON_NANOS;
      return isMeant && uses++ < MOST_TOGETHER ? site.get() : null;
    }
  }
}
