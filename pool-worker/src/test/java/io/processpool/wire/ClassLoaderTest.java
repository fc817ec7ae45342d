package io.processpool.wire;

import static io.processpool.wire.Codecs.CODEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The classes of what is read are those of the codec's loader. */
class ClassLoaderTest {
  private static final String USED = "true true true true trouble1 2 1 proxy true true true";

  private final ClassLoader loader = Codecs.childFirst();
  private final PayloadCodec there = new PayloadCodec(loader, null);

  @Test
  void valuesBecomeInstancesOfTheOtherLoadersClasses() throws Exception {
    byte[] bytes = CODEC.encode(UserClasses.everything(), "value");

    Object arrived = there.decode(bytes, 0, bytes.length);

    assertThat(((Object[]) arrived)[0].getClass().getClassLoader()).isSameAs(loader);
    assertThat(use(arrived)).isEqualTo(USED);
  }

  @Test
  void theyComeBackAsTheyWent() throws Exception {
    byte[] bytes = CODEC.encode(UserClasses.everything(), "value");
    byte[] back = there.encode(there.decode(bytes, 0, bytes.length), "value");

    assertThat(UserClasses.use(CODEC.decode(back, 0, back.length))).isEqualTo(USED);
  }

  private String use(Object everything) throws Exception {
    Class<?> users = loader.loadClass(UserClasses.class.getName());
    return (String) users.getMethod("use", Object.class).invoke(null, everything);
  }

  @Test
  void exceptionsBecomeInstancesOfTheOtherLoadersClasses() {
    UserClasses.Trouble trouble = new UserClasses.Trouble("boom", new RuntimeException("why"));

    Throwable arrived = Codecs.roundTripFailure(CODEC, there, trouble);

    assertThat(arrived.getClass().getName()).isEqualTo(UserClasses.Trouble.class.getName());
    assertThat(arrived.getClass().getClassLoader()).isSameAs(loader);
    assertThat(arrived.getStackTrace()).isEqualTo(trouble.getStackTrace());
  }

  @Test
  void aMissingClassIsNamed() {
    PayloadCodec stranger = new PayloadCodec(Codecs.withoutTestClasses(), null);
    List<Object> values = new ArrayList<>();
    values.add(new UserClasses.Bean());
    values.add(new UserClasses.Bean[0][0]);
    values.add(new UserClasses.Trouble("boom", null));
    values.add(UserClasses.Bean.class);
    for (Object value : values) {
      byte[] bytes = CODEC.encode(value, "value");

      assertThatThrownBy(() -> stranger.decode(bytes, 0, bytes.length))
          .isInstanceOf(TaskSerializationException.class)
          .message()
          .matches(
              "cannot be read: class io\\.processpool\\.wire\\.UserClasses\\$(Bean|Trouble) is not"
                  + " on the class path of this process");
    }
  }

  @Test
  void anExceptionOfAMissingClassIsDescribed() {
    PayloadCodec stranger = new PayloadCodec(Codecs.withoutTestClasses(), null);
    Throwable trouble = new UserClasses.Trouble("boom", new RuntimeException("why"));

    Throwable arrived = Codecs.roundTripFailure(CODEC, stranger, trouble);

    assertThat(arrived).isInstanceOf(RemoteTaskException.class);
    assertThat(((RemoteTaskException) arrived).remoteClassName())
        .isEqualTo(UserClasses.Trouble.class.getName());
  }
}
