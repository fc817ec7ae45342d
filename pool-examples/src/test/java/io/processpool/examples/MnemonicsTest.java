package io.processpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Opcodes;

class MnemonicsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOP",
        "LDC",
        "ALOAD",
        "SALOAD",
        "ISTORE",
        "POP",
        "IADD",
        "IINC",
        "I2L",
        "LCMP",
        "GOTO",
        "RETURN",
        "INVOKEVIRTUAL",
        "INVOKEDYNAMIC",
        "NEW",
        "MONITOREXIT",
        "IFNONNULL"
      })
  void namesTheOpcodesAsAsmDoes(String name) throws Exception {
    Field opcode = Opcodes.class.getField(name);

    assertThat(Mnemonics.of(opcode.getInt(null))).isEqualToIgnoringCase(name);
  }
}
