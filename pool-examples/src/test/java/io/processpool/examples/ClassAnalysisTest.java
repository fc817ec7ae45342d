package io.processpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class ClassAnalysisTest {
  private static final String PATH = "/modules/made.up/made/up/Countdown.class";

  @Test
  void countsMethodsAndInstructions() {
    ClassCensus census = ClassAnalysis.analyse(PATH, countdown());

    assertThat(census.module()).isEqualTo("made.up");
    assertThat(census.methods()).isEqualTo(2);
    assertThat(census.opcodes().total()).isEqualTo(4);
    assertThat(census.opcodes().of(Opcodes.IINC)).isEqualTo(1);
    assertThat(census.opcodes().of(Opcodes.ILOAD)).isEqualTo(1);
    assertThat(census.opcodes().of(Opcodes.IFNE)).isEqualTo(1);
    assertThat(census.opcodes().of(Opcodes.RETURN)).isEqualTo(1);
  }

  @Test
  void measuresTheFile() {
    byte[] classFile = countdown();

    ClassCensus census = ClassAnalysis.analyse(PATH, classFile);

    assertThat(census.bytes()).isEqualTo(classFile.length);
    assertThat(census.deflatedBytes()).isPositive().isLessThan(classFile.length);
  }

  @Test
  void countsNothingInAModuleDescriptor() throws Exception {
    ClassCensus census = ClassAnalysis.read("/modules/java.base/module-info.class");

    assertThat(census.methods()).isZero();
    assertThat(census.opcodes().total()).isZero();
  }

  private static byte[] countdown() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT;
    writer.visit(Opcodes.V1_6, access, "made/up/Countdown", null, "java/lang/Object", null);
    writer.visitMethod(access, "withoutCode", "()V", null, null).visitEnd();
    int staticAccess = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    MethodVisitor method = writer.visitMethod(staticAccess, "countDown", "(I)V", null, null);
    Label loop = new Label();
    method.visitCode();
    method.visitLabel(loop);
    method.visitIincInsn(0, -1);
    method.visitVarInsn(Opcodes.ILOAD, 0);
    method.visitJumpInsn(Opcodes.IFNE, loop);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
