package io.processpool.examples;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Counts the instructions of the methods that it visits. ASM shows the short forms of an
 * instruction as the long one: {@code aload_0} is counted as {@code aload}.
 */
final class InstructionCounter extends MethodVisitor {
  private final int[] counts = new int[OpcodeCounts.OPCODES];

  InstructionCounter() {
    super(Opcodes.ASM9);
  }

  OpcodeCounts counts() {
    return new OpcodeCounts(counts);
  }

  @Override
  public void visitInsn(int opcode) {
    counts[opcode]++;
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    counts[opcode]++;
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    counts[opcode]++;
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    counts[opcode]++;
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    counts[opcode]++;
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    counts[opcode]++;
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... bootstrapArguments) {
    counts[Opcodes.INVOKEDYNAMIC]++;
  }

  @Override
  public void visitJumpInsn(int opcode, Label target) {
    counts[opcode]++;
  }

  @Override
  public void visitLdcInsn(Object value) {
    counts[Opcodes.LDC]++;
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    counts[Opcodes.IINC]++;
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label defaultTarget, Label... targets) {
    counts[Opcodes.TABLESWITCH]++;
  }

  @Override
  public void visitLookupSwitchInsn(Label defaultTarget, int[] keys, Label[] targets) {
    counts[Opcodes.LOOKUPSWITCH]++;
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    counts[Opcodes.MULTIANEWARRAY]++;
  }
}
